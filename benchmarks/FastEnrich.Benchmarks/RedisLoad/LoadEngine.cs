using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>An engine of five plugins with the Redis tier.</summary>
internal sealed class LoadEngine(PluginManager manager, LoadPlugin[] plugins) : IAsyncDisposable
{
    public const int Plugins = 5;

    public PluginManager Manager => manager;

    public long Calls => plugins.Sum(static plugin => plugin.Calls);

    public static async Task<LoadEngine> StartAsync(string connection, TimeSpan l2Timeout, int maxEntries = 10_000)
    {
        var options = new FastEnrichOptions();
        options.Engine.CacheTtl = TimeSpan.FromHours(1);
        options.Engine.L2Timeout = l2Timeout;
        options.Engine.L1.MaxEntries = maxEntries;
        options.AddRedis(connection);
        LoadPlugin[] plugins = [.. Enumerable.Range(0, Plugins).Select(static plugin => new LoadPlugin(plugin))];
        for (var i = 0; i < Plugins; i++)
        {
            var plugin = plugins[i];
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = Sample.PluginName(i) }, PluginType = typeof(LoadPlugin), Create = _ => plugin });
            options.Plugins[Sample.PluginName(i)] = new PluginSettings { QueueCapacity = 8192 };
        }

        var manager = PluginManager.Create(options);
        await manager.StartAsync();
        return new LoadEngine(manager, plugins);
    }

    public ValueTask DisposeAsync() => manager.DisposeAsync();
}
