namespace FastEnrich.Redis.Connecting;

/// <summary>Takes note of failures that come when nobody waits any more, so that they are nobody's unobserved exception.</summary>
internal static class LateFailures
{
    public static void Observe(Task task) =>
        _ = task.ContinueWith(
            static late => _ = late.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
