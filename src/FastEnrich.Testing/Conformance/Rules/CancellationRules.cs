namespace FastEnrich.Testing;

/// <summary>A flight's end is the plugin's end.</summary>
internal static class CancellationRules
{
    private const string Fix = "Hand the token to every call that takes one, never catch OperationCanceledException, and never block a thread.";

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new("cancel-before", "A call whose token is signalled already ends at once with OperationCanceledException and sends nothing", Fix, CheckBeforeAsync),
        new("cancel-during", "A call whose token is signalled while the upstream hangs ends promptly with OperationCanceledException", Fix, CheckDuringAsync),
    ];

    private static async Task CheckBeforeAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync().ConfigureAwait(false);
        run.Server.Requests.Clear();

        var call = await run.CallAsync(instance, run.User, cancelled.Token).ConfigureAwait(false);

        if (call.Error is not OperationCanceledException)
        {
            run.Problem($"it ended with {call}");
        }

        if (run.Server.Requests.Count > 0)
        {
            run.Problem("it sent a request all the same");
        }
    }

    private static async Task CheckDuringAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        using var cancelled = new CancellationTokenSource();
        run.Server.Requests.Clear();
        using var fault = run.Fail(MockResponse.Hang());

        var running = run.CallAsync(instance, run.User, cancelled.Token);
        var arrived = await run.ArrivedAsync(running).ConfigureAwait(false);
        await cancelled.CancelAsync().ConfigureAwait(false);
        var call = await running.ConfigureAwait(false);

        if (!arrived)
        {
            run.Problem($"no request arrived at the upstream; the call ended with {call}");
        }
        else if (call.Error is not OperationCanceledException)
        {
            run.Problem($"it ended with {call}");
        }
    }
}
