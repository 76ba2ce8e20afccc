namespace FastEnrich.Processes;

/// <summary>What a child said of one user: a result, or a failure.</summary>
internal sealed class ChildResult
{
    public EnrichmentResult Result { get; init; }

    public ProcessFailure? Failure { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public static ChildResult Of(in EnrichmentResult result) => new() { Result = result };

    public static ChildResult Invalid(string problem) => new() { Failure = new ProcessFailure(PluginErrorCode.InvalidResponse, problem) };

    /// <summary>Turns the failure into an exception; the child's message is kept only when it names nothing of the user.</summary>
    public PluginException ToException(string plugin, EnrichmentRequest request)
    {
        var message = Failure!.Message;
        var names = message.Contains(request.UserId, StringComparison.OrdinalIgnoreCase)
            || request.Identities.Values.Any(value => message.Contains(value, StringComparison.OrdinalIgnoreCase));
        return new PluginException(plugin, ProcessFailure.Enrich, names ? "The plugin's process reported a failure." : message, Failure.Code, Failure.Retryable, RetryAfter);
    }
}
