using System.Diagnostics;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>Waits for what a server or another thread does; the limits are generous because the machine may be loaded.</summary>
internal static class Eventually
{
    public static Task<TimeSpan> True(Func<bool> condition, int seconds = 30) => True(() => Task.FromResult(condition()), seconds);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> True(Func<Task<bool>> condition, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"it did not happen within {seconds} s");
            await Task.Delay(2);
        }

        return watch.Elapsed;
    }
}
