namespace FastEnrich.Tests.Fakes;

/// <summary>Waits for what happens on another thread, without a sleep; gives up after half a minute.</summary>
internal static class Eventually
{
    public static Task True(Func<bool> condition) => True(() => Task.FromResult(condition()));

    public static async Task True(Func<Task<bool>> condition)
    {
        var giveUp = Environment.TickCount64 + 30_000;
        while (!await condition())
        {
            Assert.True(Environment.TickCount64 < giveUp, "it did not happen within 30 s");
            await Task.Yield();
        }
    }
}
