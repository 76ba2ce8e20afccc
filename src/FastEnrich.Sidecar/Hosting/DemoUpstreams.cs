using FastEnrich.Sidecar.Cli;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>The simulated upstreams of <c>--demo</c> and <c>demo-upstreams</c>: five servers on loopback ports over one population.</summary>
internal sealed class DemoUpstreams : IAsyncDisposable
{
    private const int ParallelCalls = 4; // fewer calls, fuller batches
    private const int HighestXRate = 10_000_000; // of a window of 15 minutes: a demo is not held up

    // Systems and engine share one machine, which may be small and busy: a demo shows profiles, not timeouts.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DemoSettings _demo;
    private readonly List<UpstreamSimulator> _simulators = [];

    private DemoUpstreams(DemoSettings demo)
    {
        _demo = demo;
        Population = new SimulatedPopulation(demo.Seed, demo.Users);
    }

    /// <summary>The users that the simulators know most of.</summary>
    public SimulatedPopulation Population { get; }

    /// <summary>The running systems: the CRMs, then the networks.</summary>
    public IReadOnlyList<UpstreamSimulator> Simulators => _simulators;

    /// <exception cref="UsageException">A port is in use.</exception>
    public static async Task<DemoUpstreams> StartAsync(DemoSettings demo, CancellationToken cancellationToken)
    {
        var upstreams = new DemoUpstreams(demo);
        var population = upstreams.Population;
        try
        {
            await upstreams.AddAsync(port => HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = population, Port = port }, cancellationToken), demo.Port);
            await upstreams.AddAsync(port => SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = population, Port = port }, cancellationToken), demo.Port);
            await upstreams.AddAsync(port => PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = population, Port = port }, cancellationToken), demo.Port);
            var x = new XSimulatorOptions
            {
                Population = population,
                LookupsPerWindow = HighestXRate,
                TimelinesPerWindow = HighestXRate,
                ListsPerWindow = HighestXRate,
            };
            await upstreams.AddAsync(port => XSimulator.StartAsync(x with { Port = port }, cancellationToken), demo.Port);
            await upstreams.AddAsync(port => FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = population, Port = port }, cancellationToken), demo.Port);
            return upstreams;
        }
        catch
        {
            await upstreams.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns what a plugin's section <c>config</c> must hold. The networks are asked for whom a CRM names there.</summary>
    public static IReadOnlyDictionary<string, string> ConfigurationOf(UpstreamSimulator simulator) => simulator is FacebookSimulator
        ? new Dictionary<string, string>(simulator.PluginConfiguration, StringComparer.Ordinal) { ["lookup_by"] = "id" }
        : simulator.PluginConfiguration;

    /// <summary>Enables the plugins; a section of the configuration for one of them keeps its place, and asks the simulator.</summary>
    /// <param name="options">The engine's options.</param>
    /// <param name="isAlone">Whether there is no configuration beside the demo, whose times would stand.</param>
    public void Connect(FastEnrichOptions options, bool isAlone)
    {
        if (isAlone)
        {
            options.Engine.Timeout = s_patience;
        }

        foreach (var simulator in _simulators)
        {
            Point(simulator.PluginName, ConfigurationOf(simulator), options);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var simulator in _simulators)
        {
            await simulator.DisposeAsync();
        }
    }

    private async Task AddAsync<T>(Func<int, Task<T>> start, int firstPort)
        where T : UpstreamSimulator
    {
        var port = firstPort == 0 ? 0 : firstPort + _simulators.Count;
        try
        {
            _simulators.Add(await start(port));
        }
        catch (IOException)
        {
            throw new UsageException($"port {port} cannot be listened on; another --port may be free");
        }
    }

    private void Point(string plugin, IReadOnlyDictionary<string, string> configuration, FastEnrichOptions options)
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
            options.Plugins[plugin] = settings = new PluginSettings { MaxConcurrency = ParallelCalls };
            settings.BatchWindow = _demo.BatchWindow ?? settings.BatchWindow;
        }

        settings.Enabled = true;
        settings.FetchTimeout ??= s_patience;
        settings.Options = bound;
    }
}
