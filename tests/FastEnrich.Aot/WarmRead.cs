namespace FastEnrich.Aot;

internal static class WarmRead
{
    public static async Task AllocatesNothing()
    {
        var options = new FastEnrichOptions().AddAllPlugins();
        options.Plugins["still"] = new PluginSettings { Options = new StillOptions() };
        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();
        var cold = await manager.EnrichAsync("user-1");
        Check.Equal("Porto", cold.Merged.Demographics?.City);

        Read(manager, 1_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(manager, 100_000);
        Check.Equal(0L, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Read(PluginManager manager, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var profile = manager.EnrichAsync("user-1");
            Check.That(profile.IsCompletedSuccessfully && profile.Result.Complete, "a warm read is complete and synchronous");
        }
    }
}
