using System.Collections.Concurrent;
using System.Globalization;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Two engines over one tier with late messages, real threads and the real clock: nothing is torn, foreign, or back after it was forgotten.</summary>
public sealed class TwoEnginesSoakTests
{
    private const int Users = 16;
    private const int LatestMessage = 20; // milliseconds

    private readonly FakeTier _tier = new();
    private readonly ConcurrentDictionary<string, long> _forgotten = new(); // what the upstream had been asked when the last forget began that everybody has heard of
    private readonly ConcurrentDictionary<Task, bool> _messages = new();
    private readonly ConcurrentDictionary<string, bool> _problems = new();
    private long _stamp;

    /// <summary>Gets two of them, or as many as <c>FASTENRICH_SOAK_SEEDS</c> says.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("FASTENRICH_SOAK_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seeds) ? seeds : 2)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Engines_ForgetRefreshDropAndLoseEachOther_ServeNothingTornForeignOrForgotten(int seed)
    {
        var delays = new Random(seed);
        _tier.Deliver = message =>
        {
            lock (delays)
            {
                Deliver(message, delays.Next(LatestMessage));
            }
        };
        var stores = new[] { new FakeStore(_tier), new FakeStore(_tier) };
        await using var a = await Start(stores[0]);
        await using var b = await Start(stores[1]);
        var engines = new[] { a, b };
        var until = Environment.TickCount64 + 3_000;
        var answers = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + worker);
            while (Environment.TickCount64 < until)
            {
                await Act(engines[worker % 2], engines[(worker + 1) % 2], stores[worker % 2], $"u{random.Next(Users)}", random);
                Interlocked.Increment(ref answers);
            }
        })));

        Assert.Empty(_problems.Keys);
        Assert.True(answers > 100);
    }

    private async Task Act(PluginManager mine, PluginManager other, FakeStore store, string user, Random random)
    {
        switch (random.Next(60))
        {
            case 0:
                var before = Interlocked.Read(ref _stamp);
                Assert.True((await mine.ForgetAsync(user)).Complete);
                await Task.WhenAll(_messages.Keys);
                _forgotten.AddOrUpdate(user, before, (_, known) => Math.Max(known, before));
                break;
            case 1: Check(await mine.RefreshAsync(user), user, 0); break;
            case 2: await mine.DropAsync("b"); break;
            case 3: store.Disconnect(); break;
            case 4: store.Connect(); break;
            case < 10: await Read(mine, user, new EnrichOptions { Mode = EnrichMode.CacheOnly }); break;
            case < 35: await Read(other, user, default); break;
            default: await Read(mine, user, default); break;
        }
    }

    private async Task Read(PluginManager engine, string user, EnrichOptions options)
    {
        // What is promised of connected instances alone; one that cannot be told asks once for all who wait.
        var forgotten = engine.Engine.Plugins.Coherence.IsConnected ? _forgotten.GetValueOrDefault(user) : 0;
        Check(await engine.EnrichAsync(user, options), user, forgotten);
    }

    private void Check(EnrichedProfile profile, string user, long forgotten)
    {
        foreach (var (plugin, enrichment) in profile.Enrichments)
        {
            var parts = enrichment.Source.Split('|');
            if (parts is not [var owner, var by, var stamp] || owner != user || by != plugin || enrichment.Demographics!.City != enrichment.Source || enrichment.Interests![0] != enrichment.Source)
            {
                _problems.TryAdd("torn or foreign", true);
            }
            else if (long.Parse(stamp, CultureInfo.InvariantCulture) <= forgotten)
            {
                _problems.TryAdd("forgotten and served", true);
            }
        }
    }

    private void Deliver(Action message, int delay)
    {
        var delivery = Task.Delay(delay).ContinueWith(_ => message(), TaskScheduler.Default);
        _messages[delivery] = true;
        _ = delivery.ContinueWith(done => _messages.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task<PluginManager> Start(FakeStore store)
    {
        var options = new FastEnrichOptions { Store = store };
        options.Engine.L1.MaxEntries = 40;
        options.Engine.CacheTtl = TimeSpan.FromMilliseconds(200);
        options.Engine.StaleWhileRevalidate = TimeSpan.FromMilliseconds(200);
        options.Engine.FailureTtl = TimeSpan.FromMilliseconds(1);
        options.Engine.EagerRefresh = 0.5;
        options.Engine.Redis.DisconnectedServing = TimeSpan.Zero; // with more, an instance that cannot be told may serve what was forgotten for as long
        foreach (var name in new[] { "a", "b", "c" })
        {
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = typeof(FakePlugin), Create = _ => Plugin(name) });
            options.Plugins[name] = new PluginSettings { MaxRetries = 0 };
        }

        var manager = PluginManager.Create(options);
        await manager.StartAsync();
        return manager;
    }

    /// <summary>Each result carries one mark in all of its parts, with the moment at which the upstream was asked.</summary>
    private FakePlugin Plugin(string name) => new()
    {
        Answer = async (request, _) =>
        {
            var number = Interlocked.Increment(ref _stamp);
            if (number % 3 == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(number % 7));
            }

            if (number % 13 == 0)
            {
                throw Results.Failure();
            }

            var mark = $"{request.UserId}|{name}|{number}";
            return EnrichmentResult.Found(new UserEnrichment { Confidence = 0.5, Source = mark, Demographics = new Demographics { City = mark }, Interests = [mark] });
        },
    };
}
