namespace FastEnrich.Sidecar.Cli;

internal static class Stopping
{
    /// <summary>Waits until the process is asked to end, and does not throw then.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(static state => ((TaskCompletionSource)state!).SetResult(), stopped);
        await stopped.Task;
    }
}
