namespace FastEnrich.Testing.Tests.Chaos;

/// <summary>An engine on a shared tier, with one plugin that says who was asked for and how often.</summary>
internal sealed class ChaosEngine : IAsyncDisposable, IEnrichmentPlugin
{
    private readonly PluginManager _manager;
    private int _calls;

    private ChaosEngine(ChaosTier tier, TimeProvider time)
    {
        var options = new FastEnrichOptions { TimeProvider = time };
        options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "crm" }, PluginType = typeof(ChaosEngine), Create = _ => this });
        options.Plugins["crm"] = new PluginSettings();
        tier.AttachTo(options);
        _manager = PluginManager.Create(options);
    }

    public int Calls => Volatile.Read(ref _calls);

    public IProfileEnricher Enricher => _manager;

    public static async Task<ChaosEngine> StartAsync(ChaosTier tier, TimeProvider time)
    {
        var engine = new ChaosEngine(tier, time);
        await engine._manager.StartAsync();
        return engine;
    }

    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return EnrichmentResult.Found(new UserEnrichment { Demographics = new Demographics { City = request.UserId, Age = Interlocked.Increment(ref _calls) }, Confidence = 1 });
    }

    ValueTask IAsyncDisposable.DisposeAsync() => default; // of the plugin

    public ValueTask StopAsync() => _manager.DisposeAsync();
}
