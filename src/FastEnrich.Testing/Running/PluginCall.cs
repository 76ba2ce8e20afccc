namespace FastEnrich.Testing;

/// <summary>How one call of a plugin ended: with a result, with an exception, or not at all. Immutable; its text holds nothing of the user.</summary>
internal sealed record PluginCall
{
    public EnrichmentResult Result { get; private init; }

    public Exception? Error { get; private init; }

    public bool Hung { get; private init; }

    public PluginException? Failure => Error as PluginException;

    public bool IsResult => Error is null && !Hung;

    public bool IsNotFound => (IsResult && Result.Kind == EnrichmentResultKind.NotFound) || Failure?.Code == PluginErrorCode.NotFound;

    /// <summary>Calls on a thread of the pool, so that a plugin that blocks its thread hangs nobody but itself.</summary>
    public static async Task<PluginCall> RunAsync(
        Func<CancellationToken, ValueTask<EnrichmentResult>> call, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        var task = Task.Run(async () => await call(cancellationToken).ConfigureAwait(false), CancellationToken.None);
        try
        {
            return new PluginCall { Result = await task.WaitAsync(patience, TimeProvider.System, CancellationToken.None).ConfigureAwait(false) };
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            _ = task.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return new PluginCall { Hung = true };
        }
        catch (Exception exception)
        {
            return new PluginCall { Error = exception };
        }
    }

    public override string ToString() => this switch
    {
        { Hung: true } => "it did not end",
        { Failure: { } failure } => $"a PluginException of {failure.Code}{(failure.Retryable ? ", retryable" : "")}",
        { Error: { } error } => $"a {error.GetType().Name}",
        _ => $"a result of {Result.Kind}",
    };
}
