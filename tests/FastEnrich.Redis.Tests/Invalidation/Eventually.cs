namespace FastEnrich.Redis.Tests.Invalidation;

/// <summary>Waits for what happens on another thread, without a sleep; gives up after half a minute.</summary>
internal static class Eventually
{
    public static async Task True(Func<bool> condition)
    {
        var giveUp = Environment.TickCount64 + 30_000;
        while (!condition())
        {
            Assert.True(Environment.TickCount64 < giveUp, "it did not happen within 30 s");
            await Task.Yield();
        }
    }
}
