using FastEnrich.Caching;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Tests.Fakes;

/// <summary>An engine over fake plugins and fake time.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private readonly Dictionary<string, Func<IEnrichmentPlugin>> _factories = [];
    private PluginManager? _manager;

    public WatchedTime Time { get; init; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public FastEnrichOptions Options { get; } = new() { Engine = { ConnectTimeout = WatchedTime.ConnectBudget, Health = { Interval = TimeSpan.Zero } } };

    public double TtlJitter { get; set; }

    public double ReconnectJitter { get; set; }

    /// <summary>Gets or sets whether the engine is handed out only when its plugins are connected.</summary>
    public bool WaitsForConnect { get; set; } = true;

    public PluginManager Manager => _manager ??= Start();

    public IProfileStore Store
    {
        set => Options.Store = value;
    }

    public FakePlugin Add(string name = "crm", string[]? provides = null, IdentityNeed[]? needs = null, string[]? dependsOn = null, Action<PluginSettings>? settings = null)
    {
        var plugin = new FakePlugin();
        Add(name, () => plugin, provides, needs, dependsOn, settings);
        return plugin;
    }

    public void Add(string name, Func<IEnrichmentPlugin> factory, string[]? provides = null, IdentityNeed[]? needs = null, string[]? dependsOn = null, Action<PluginSettings>? settings = null)
    {
        _factories[name] = factory;
        Options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = name },
            PluginType = typeof(FakePlugin),
            Create = _ => factory(),
            Provides = provides ?? [],
            Needs = needs ?? [],
            DependsOn = dependsOn ?? [],
        });
        var own = new PluginSettings { MaxRetries = 0 };
        settings?.Invoke(own);
        Options.Plugins[name] = own;
    }

    public async ValueTask DisposeAsync()
    {
        if (_manager is not null)
        {
            await using var _ = new Unblock(Time);
            await _manager.DisposeAsync();
        }
    }

    private PluginManager Start()
    {
        Options.TimeProvider = Time;
        Options.TtlJitter = TtlJitter;
        Options.ReconnectJitter = ReconnectJitter;
        var manager = PluginManager.Create(Options);
        manager.StartAsync().AsTask().GetAwaiter().GetResult();
        if (WaitsForConnect)
        {
            // Plugins connect on the pool: a test that moves time at once would spend their budgets.
            Assert.True(SpinWait.SpinUntil(() => manager.ListPlugins().All(static status => status.Connected || !status.Enabled), TimeSpan.FromSeconds(30)), "the plugins did not connect");
        }

        return manager;
    }

    /// <summary>Moves time while an engine drains, so that calls which never return do not hold the test.</summary>
    private sealed class Unblock : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _moving;

        public Unblock(FakeTimeProvider time) => _moving = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                time.Advance(TimeSpan.FromSeconds(20));
                await Task.Yield();
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _moving;
        }
    }
}
