using System.Diagnostics;

namespace FastEnrich.Aot;

internal static class Deadline
{
    public static async Task IsKept()
    {
        var options = new FastEnrichOptions().AddAllPlugins();
        options.Plugins["still"] = new PluginSettings { Options = new StillOptions { Hangs = true } };
        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();
        var began = Stopwatch.GetTimestamp();

        var profile = await manager.EnrichAsync("user-1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(20) });

        Check.That(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(19), "the caller waited for its deadline");
        Check.Equal(PluginState.TimedOut, profile.Status["still"].State);
        Check.Equal(PluginErrorCode.TimeoutError, profile.Errors["still"].Code);
        Check.That(!profile.Complete, "a partial profile says so");
    }
}
