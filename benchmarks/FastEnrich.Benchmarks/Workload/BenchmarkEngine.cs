namespace FastEnrich.Benchmarks.Workload;

/// <summary>An engine over fake plugins, with the options that the benchmarks share.</summary>
internal static class BenchmarkEngine
{
    /// <summary>As many calls at once as there are callers at most, so that no caller waits for a permit: the peers have no limit at all.</summary>
    public const int Permits = 256;

    public static IEnrichmentPlugin[] Plugins(int count) => [.. Enumerable.Range(0, count).Select(plugin => new FakePlugin(Sample.Enrichment(plugin, plugin)))];

    public static async Task<PluginManager> StartAsync(int plugins, int maxEntries)
    {
        var options = new FastEnrichOptions();
        options.Engine.CacheTtl = TimeSpan.FromHours(1);
        options.Engine.L1.MaxEntries = maxEntries;
        options.Engine.L1.MaxBytes = 64L * 1024 * 1024 * 1024;
        foreach (var (plugin, i) in Plugins(plugins).Select((plugin, i) => (plugin, i)))
        {
            options.AddPlugin(new PluginDescriptor
            {
                Metadata = new PluginMetadata { Name = Sample.PluginName(i) },
                PluginType = typeof(FakePlugin),
                Create = _ => plugin,
            });
            options.Plugins[Sample.PluginName(i)] = new PluginSettings { MaxConcurrency = Permits, QueueCapacity = 8192 };
        }

        var engine = PluginManager.Create(options);
        await engine.StartAsync();
        return engine;
    }

    public static async Task WarmAsync(IProfileEnricher enricher, int users)
    {
        for (var user = 0; user < users; user++)
        {
            var profile = await enricher.EnrichAsync(Sample.UserId(user));
            if (!profile.Complete)
            {
                throw new InvalidOperationException("a profile is not complete: the run would measure failures");
            }
        }
    }
}
