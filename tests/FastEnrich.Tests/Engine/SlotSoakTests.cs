using System.Diagnostics;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>Real threads and the real clock for a few seconds; what is torn, lost or mixed up shows.</summary>
public sealed class SlotSoakTests
{
    [Fact]
    public async Task Engine_ManyThreadsOverFewUsers_TearsAndMixesNothing()
    {
        var options = new FastEnrichOptions { Store = new FakeStore() };
        options.Engine.L1.MaxEntries = 12;
        options.Engine.L1.MaxBytes = 96 * 1024;
        options.Engine.CacheTtl = TimeSpan.FromMilliseconds(20);
        options.Engine.StaleWhileRevalidate = TimeSpan.FromMilliseconds(20);
        options.Engine.FailureTtl = TimeSpan.FromMilliseconds(1);
        var names = new[] { "a", "b", "c" };
        foreach (var name in names)
        {
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = typeof(FakePlugin), Create = _ => Plugin(name) });
            options.Plugins[name] = new PluginSettings { MaxRetries = 0 };
        }

        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();
        var until = Environment.TickCount64 + 3_000;
        var answers = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            while (Environment.TickCount64 < until)
            {
                var user = $"u{random.Next(24)}";
                try
                {
                    using var cancellation = random.Next(10) == 0 ? new CancellationTokenSource(random.Next(3)) : null;
                    switch (random.Next(40))
                    {
                        case 0: await manager.ForgetAsync(user); break;
                        case 1: Check(await manager.RefreshAsync(user), user); break;
                        case 2: Check(await manager.EnrichAsync(user, new EnrichOptions { Plugins = ["b"] }), user); break;
                        case 3: Check(await manager.EnrichAsync(user, new EnrichOptions { Mode = EnrichMode.CacheOnly }), user); break;
                        case 4: Check(await manager.EnrichAsync(user, new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(1) }), user); break;
                        default: Check(await manager.EnrichAsync(user, cancellation?.Token ?? default), user); break;
                    }

                    Interlocked.Increment(ref answers);
                }
                catch (OperationCanceledException)
                {
                    // One that gave up.
                }
            }
        })));

        Assert.True(answers > 100);
        var table = manager.Engine.L1;
        await Eventually.True(() => table.Count <= 12
            && table.Bytes == Enumerable.Range(0, 24).Select(i => table.Peek($"u{i}")).Sum(static entry => entry?.Bytes ?? 0));
    }

    [Fact]
    public async Task Deadline_OnTheSystemClock_IsNeverEarlyAndNeverLost()
    {
        var gate = new Gate();
        var options = new FastEnrichOptions();
        options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = "hung" }, PluginType = typeof(FakePlugin), Create = _ => new FakePlugin { Answer = gate.Pass } });
        options.Plugins["hung"] = new PluginSettings { MaxRetries = 0 };
        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();
        var overruns = new List<double>();

        for (var i = 0; i < 200; i++)
        {
            var wait = TimeSpan.FromMilliseconds(1 + (i % 17));
            var began = Stopwatch.GetTimestamp();
            await manager.EnrichAsync("u1", new EnrichOptions { Deadline = wait });
            overruns.Add((Stopwatch.GetElapsedTime(began) - wait).TotalMilliseconds);
        }

        // How late it is on a quiet machine is a row of the benchmarks; a wake-up that is lost shows as the fetch's own budget of five seconds.
        Assert.All(overruns, static overrun => Assert.InRange(overrun, -0.1, 4_000));
        gate.Release(Results.Found());
    }

    private static FakePlugin Plugin(string name)
    {
        var stamp = 0;
        return new FakePlugin
        {
            Answer = async (request, _) =>
            {
                var number = Interlocked.Increment(ref stamp);
                if (number % 3 == 0)
                {
                    await Task.Yield();
                }

                if (number % 11 == 0)
                {
                    throw Results.Failure();
                }

                // All parts of one result carry one mark.
                var mark = $"{request.UserId}|{name}|{number}";
                return EnrichmentResult.Found(new UserEnrichment { Confidence = 0.5, Source = mark, Demographics = new Demographics { City = mark }, Interests = [mark, new string('x', number % 1_000)] });
            },
        };
    }

    private static void Check(EnrichedProfile profile, string user)
    {
        Assert.Equal(user, profile.UserId);
        foreach (var (plugin, enrichment) in profile.Enrichments)
        {
            Assert.StartsWith($"{user}|{plugin}|", enrichment.Source, StringComparison.Ordinal);
            Assert.Equal(enrichment.Source, enrichment.Demographics!.City);
            Assert.Equal(enrichment.Source, enrichment.Interests![0]);
        }

        Assert.Equal(profile.SuccessCount, profile.Enrichments.Count);
        var read = ProfileJson.Parse(ProfileJson.ToUtf8Bytes(profile))!;
        Assert.Equal(profile.Enrichments.Keys.Order(), read.Enrichments.Keys.Order());
    }
}
