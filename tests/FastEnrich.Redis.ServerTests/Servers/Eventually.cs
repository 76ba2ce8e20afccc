using System.Diagnostics;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Servers;

/// <summary>Waits for what a server or another thread does; the limits are generous because the machine may be loaded.</summary>
internal static class Eventually
{
    public static Task<TimeSpan> True(Func<bool> condition, int seconds = 30) => True(() => Task.FromResult(condition()), seconds);

    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> True(Func<Task<bool>> condition, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (!await IsTrueAsync(condition))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(seconds), $"it did not happen within {seconds} s");
            await Task.Delay(2);
        }

        return watch.Elapsed;
    }

    /// <summary>A server that is killed and restarted in the test does not answer for a moment: that is "not yet".</summary>
    private static async Task<bool> IsTrueAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (Exception e) when (e is RedisException or RedisTimeoutException)
        {
            return false;
        }
    }
}
