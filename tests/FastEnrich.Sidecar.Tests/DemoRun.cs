using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Hosting;
using FastEnrich.Simulators;

namespace FastEnrich.Sidecar.Tests;

/// <summary>A thousand users through the demo's engine, once for all tests of a class.</summary>
public sealed class DemoRun : IAsyncLifetime
{
    internal const int Users = 1000;

    private readonly List<EnrichedProfile> _profiles = [];
    private EngineSetup _setup = null!;

    internal IReadOnlyList<EnrichedProfile> Profiles => _profiles;

    internal IReadOnlyList<UpstreamSimulator> Simulators => _setup.Demo!.Simulators;

    internal SimulatedPopulation Population => _setup.Demo!.Population;

    public async ValueTask InitializeAsync()
    {
        var io = new SidecarIO { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        _setup = await EngineSetup.CreateAsync(io, null, new DemoSettings(Users, 1) { IsBulk = true }, "none", default);
        await _setup.Engine.StartAsync(default);
        var requests = Population.UserIds.Select(id => new EnrichmentRequest(id)).ToAsyncEnumerable();
        await foreach (var profile in _setup.Engine.Enricher.EnrichManyAsync(requests, new BulkOptions(), default))
        {
            _profiles.Add(profile);
        }
    }

    public ValueTask DisposeAsync() => _setup.DisposeAsync();
}
