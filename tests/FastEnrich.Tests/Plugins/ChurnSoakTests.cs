using System.Collections.Concurrent;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

/// <summary>Plugins come, go and change a thousand times under load, over real connections. What they leave behind is counted: instances, handlers, connections, loops.</summary>
public sealed class ChurnSoakTests : IAsyncLifetime
{
    private const int Rounds = 200; // of five changes each
    private const int Instances = 2 + (3 * Rounds); // two, and one for each register, reload and enable
    private const int Users = 64;

    private readonly ConcurrentBag<Counted> _made = [];
    private readonly ConcurrentBag<SocketsHttpHandler> _handlers = [];
    private readonly ConcurrentBag<WeakReference> _seen = [];
    private readonly LoopbackUpstream _upstream = new();
    private readonly CountingTime _time = new();
    private bool _keeps;

    [Theory]
    [InlineData(true)] // what is made is kept, and counted
    [InlineData(false)] // nothing is kept, and memory stays as it was
    public async Task AThousandChanges_UnderLoad_EachRequestSeesATableAndNothingIsLeft(bool keeps)
    {
        _keeps = keeps;
        var manager = PluginManager.Create(Read(priority: 0));
        manager.RegisterFactory("coming", Make);
        await manager.LoadPluginsAsync();
        var timers = await SettledAsync(manager);
        await ChurnUnderLoadAsync(manager, 0, Rounds / 2);
        var half = Held();
        await ChurnUnderLoadAsync(manager, Rounds / 2, Rounds);
        Assert.Equal(2, manager.ListPlugins().Count(static plugin => plugin.Enabled));
        await Eventually.True(() => _upstream.Open == 2); // one each of the two that are left
        await Eventually.True(() => _time.Timers <= timers); // a loop of a plugin that is gone would wait for ever
        if (keeps)
        {
            Assert.Equal(2, _made.Count(static plugin => plugin.Disposals == 0));
            Assert.Equal(2, _handlers.Count(IsOpen));
        }
        else
        {
            await Eventually.True(() => Held() - half < 2 << 20); // a leaked instance, its lane and its handler are some 20 kB
            await Eventually.True(() => Held() > 0 && _seen.Count(static instance => instance.IsAlive) <= 4);
        }

        Assert.True((await manager.ShutdownAsync()).Complete);

        Assert.All(_made, static plugin => Assert.Equal(1, plugin.Disposals));
        Assert.DoesNotContain(_handlers, IsOpen);
        Assert.Equal(Instances, _seen.Count);
        Assert.True(_upstream.Accepted >= Instances, "each had a connection of its own");
        await Eventually.True(() => _upstream.Open == 0);
        await Eventually.True(() => _time.Timers == 0);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    /// <summary>Returns how many timers an engine of two plugins has that nobody asks: the clock's, and each plugin's pause between checks.</summary>
    private async Task<int> SettledAsync(PluginManager manager)
    {
        await Eventually.True(() => _time.Timers >= 3);
        await manager.Health.ForceCheckAsync();
        await Eventually.True(() => _time.Timers == 3);
        return _time.Timers;
    }

    private async Task ChurnUnderLoadAsync(PluginManager manager, int from, int to)
    {
        using var stop = new CancellationTokenSource();
        var requests = 0;
        var asking = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = worker; !stop.IsCancellationRequested; i += 4)
            {
                Check(await manager.EnrichAsync($"u{i % Users}", CancellationToken.None));
                Check(await manager.EnrichWithPluginAsync("steady", $"u{i % Users}", CancellationToken.None));
                Interlocked.Increment(ref requests);
            }
        }, CancellationToken.None)).ToArray();
        await Eventually.True(() => requests > Users);
        await ChurnAsync(manager, from, to);
        await stop.CancelAsync();
        await Task.WhenAll(asking);
    }

    private async Task ChurnAsync(PluginManager manager, int from, int to)
    {
        for (var round = from; round < to; round++)
        {
            await manager.RegisterPluginAsync("coming", new PluginSettings { Priority = round });
            await manager.ReloadAsync(Read(priority: 1 + (round % 7)));
            Assert.True(await manager.DisableAsync("changing"));
            Assert.True(await manager.EnableAsync("changing"));
            Assert.True(await manager.UnregisterPluginAsync("coming"));
        }
    }

    private static void Check(EnrichedProfile profile)
    {
        Assert.Contains("steady", profile.Status.Keys);
        Assert.All(profile.Status, static status => Assert.True(status.Value.State is PluginState.Fresh or PluginState.Stale || status.Key != "steady", $"{status.Key}: {status.Value.State}"));
        Assert.All(profile.Status.Keys, static name => Assert.Contains(name, (string[])["steady", "changing", "coming"]));
    }

    private FastEnrichOptions Read(int priority)
    {
        var options = new FastEnrichOptions { TimeProvider = _time };
        foreach (var name in (string[])["steady", "changing"])
        {
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = typeof(Counted), Create = Make });
            options.Plugins[name] = new PluginSettings { MaxConcurrency = 8, MaxRetries = 0 };
            options.Upstreams[name] = Keep;
        }

        options.Upstreams["coming"] = Keep;
        options.Plugins["changing"].Priority = priority;
        return options;
    }

    private void Keep(SocketsHttpHandler handler)
    {
        handler.MaxConnectionsPerServer = 1;
        if (_keeps)
        {
            _handlers.Add(handler);
        }
    }

    private Counted Make(PluginActivation activation)
    {
        var plugin = new Counted(activation.Context.Upstream, _upstream.Address);
        _seen.Add(new WeakReference(plugin));
        if (_keeps)
        {
            _made.Add(plugin);
        }

        return plugin;
    }

    private static bool IsOpen(SocketsHttpHandler handler)
    {
        try
        {
            handler.MaxConnectionsPerServer = handler.MaxConnectionsPerServer; // refused once it is disposed
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return true; // in use
        }
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class Counted(UpstreamClient upstream, Uri address) : IEnrichmentPlugin
    {
        private int _disposals;

        public int Disposals => Volatile.Read(ref _disposals);

        public ValueTask ConnectAsync(CancellationToken cancellationToken) => AskAsync("connect", cancellationToken);

        public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
        {
            await AskAsync("enrich", cancellationToken);
            Assert.Equal(0, Disposals); // a plugin is drained before it is disposed
            return Results.Found();
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref _disposals);
            return ValueTask.CompletedTask;
        }

        private async ValueTask AskAsync(string operation, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            await upstream.SendAsync(request, operation, cancellationToken);
        }
    }
}
