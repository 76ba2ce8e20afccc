using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>The simulated upstreams of <c>--demo</c>: they start on free loopback ports, and the settings of their plugins point at them.</summary>
internal sealed class DemoUpstreams : IAsyncDisposable
{
    private readonly HubSpotSimulator _hubSpot;

    private DemoUpstreams(SimulatedPopulation population, HubSpotSimulator hubSpot)
    {
        Population = population;
        _hubSpot = hubSpot;
    }

    /// <summary>The users that the simulators know most of.</summary>
    public SimulatedPopulation Population { get; }

    /// <summary>Starts the simulators and enables their plugins; a section of the configuration for one of them keeps its place, and asks the simulator.</summary>
    public static async Task<DemoUpstreams> StartAsync(DemoSettings demo, FastEnrichOptions options, CancellationToken cancellationToken)
    {
        var population = new SimulatedPopulation(demo.Seed, demo.Users);
        var hubSpot = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = population }, cancellationToken);
        Point("hubspot", hubSpot.PluginConfiguration, options);
        return new DemoUpstreams(population, hubSpot);
    }

    public ValueTask DisposeAsync() => _hubSpot.DisposeAsync();

    private static void Point(string plugin, IReadOnlyDictionary<string, string> configuration, FastEnrichOptions options)
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(configuration.Select(pair => KeyValuePair.Create($"config:{pair.Key}", (string?)pair.Value)))
            .Build()
            .GetSection("config");
        var errors = new List<ConfigError>();
        var bound = options.Catalog[plugin].BindOptions?.Invoke(new ConfigReader(section, errors));
        if (errors.Count > 0)
        {
            throw new FastEnrichConfigurationException(errors);
        }

        if (!options.Plugins.TryGetValue(plugin, out var settings))
        {
            options.Plugins[plugin] = settings = new PluginSettings();
        }

        settings.Enabled = true;
        settings.Options = bound;
    }
}
