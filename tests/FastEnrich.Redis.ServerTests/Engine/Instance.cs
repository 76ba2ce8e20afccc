using System.Diagnostics;
using FastEnrich.Redis.Connecting;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.ServerTests.Servers;
using StackExchange.Redis;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>One engine with test plugins and the Redis tier, as a process of its own would have it.</summary>
internal sealed class Instance : IAsyncDisposable
{
    private Instance(PluginManager manager, Dictionary<string, TestPlugin> plugins, string prefix) => (Manager, Plugins, Prefix) = (manager, plugins, prefix);

    public PluginManager Manager { get; }

    public IReadOnlyDictionary<string, TestPlugin> Plugins { get; }

    public string Prefix { get; }

    public WatchedStore Store { get; private set; } = null!;

    public TestPlugin Crm => Plugins["crm"];

    /// <summary>Starts an engine and waits until its tier is in use.</summary>
    public static async Task<Instance> JoinAsync(string connection, string prefix, Action<FastEnrichOptions>? configure = null, params string[] plugins)
    {
        var instance = await StartAsync(connection, prefix, configure, plugins);
        await Eventually.True(() => instance.Store.IsConnected);
        for (var i = 0; i < 12; i++)
        {
            await Eventually.True(() => instance.ReadsAsync($"probe{i}")); // of every node of a cluster
        }

        return instance;
    }

    public static async Task<Instance> StartAsync(string connection, string prefix, Action<FastEnrichOptions>? configure = null, params string[] plugins)
    {
        var options = new FastEnrichOptions { TtlJitter = 0 };
        options.Engine.L2Timeout = TimeSpan.FromSeconds(5); // the machine may be loaded; tests of the timeout set their own
        options.AddRedis(connection, redis => redis.KeyPrefix = prefix);
        var made = new Dictionary<string, TestPlugin>();
        foreach (var name in plugins is [] ? ["crm"] : plugins)
        {
            var plugin = made[name] = new TestPlugin();
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = typeof(TestPlugin), Create = _ => plugin });
            options.Plugins[name] = new PluginSettings { MaxRetries = 0 };
        }

        configure?.Invoke(options);
        WatchedStore? store = null;
        var create = options.CreateStore!;
        options.CreateStore = all => store = new WatchedStore(create(all)!);
        var instance = new Instance(PluginManager.Create(options), made, prefix);
        await instance.Manager.StartAsync();
        instance.Store = store!;
        await Eventually.True(() => instance.Manager.ListPlugins().All(static plugin => plugin.Connected));
        return instance;
    }

    /// <summary>Enriches, and returns what the profile says the user is called.</summary>
    public async Task<string?> CityAsync(string userId) => (await Manager.EnrichAsync(userId)).Merged.Demographics?.City;

    /// <summary>Enriches, and waits until the result is in Redis and a later one has a later time: the engine's clock ticks every 10 ms.</summary>
    public async Task<EnrichedProfile> EnrichAndWriteAsync(string userId, IDatabase redis)
    {
        var profile = await Manager.EnrichAsync(userId);
        await Eventually.True(async () => (await Task.WhenAll(Plugins.Keys.Select(plugin => redis.HashExistsAsync(Key(userId), plugin)))).All(static exists => exists));
        var nextTick = Environment.TickCount64 + 20; // elapsed: the instance's wall clock may be wrong on purpose
        await Eventually.True(() => Environment.TickCount64 > nextTick);
        return profile;
    }

    /// <summary>
    /// Sends one request after the other, of users that nobody knows, until the condition holds; says how many there were and how long the longest took. None may
    /// fail, with whatever exception.
    /// </summary>
    public async Task<(int Requests, TimeSpan Longest)> EnrichUntilAsync(Func<bool> condition)
    {
        var (requests, longest, since) = (0, TimeSpan.Zero, Stopwatch.StartNew());
        while (!condition())
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60), "it did not happen within a minute");
            var watch = Stopwatch.StartNew();
            Assert.True((await Manager.EnrichAsync($"during{requests++}")).Complete);
            longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            await Task.Delay(5); // a pace, and nothing that is waited for
        }

        return (requests, longest);
    }

    /// <summary>Whether this user's part of the tier can be read.</summary>
    public async Task<bool> ReadsAsync(string userId)
    {
        try
        {
            return (await Store.ReadAsync(userId, [.. Plugins.Keys], new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token)).EraseToken is not null;
        }
        catch (Exception e) when (e is RedisAwayException or RedisException or RedisTimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    public RedisKey Key(string userId) => new ProfileKeys(Prefix).Of(userId);

    public ValueTask DisposeAsync() => Manager.DisposeAsync();
}
