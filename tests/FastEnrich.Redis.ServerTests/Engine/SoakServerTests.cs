using System.Collections.Concurrent;
using FastEnrich.Redis.ServerTests.Servers;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>Four threads enrich, refresh and forget over two instances; upstream answers are late and out of order.</summary>
public abstract class SoakServerTests(RedisServer server, ITestOutputHelper output) : EngineServerTests(server)
{
    private const int Users = 24;

    private readonly int[] _versions = new int[Users]; // what the upstream knows
    private readonly int[] _forgotten = new int[Users]; // everything below was forgotten, completely
    private readonly ConcurrentBag<string> _failures = [];
    private int _forgets;

    [Theory]
    [MemberData(nameof(SoakSeeds.All), MemberType = typeof(SoakSeeds))]
    public async Task Soak_EnrichRefreshForget_WhatWasForgottenNeverComesBack(int seed)
    {
        await using var a = await JoinAsync();
        await using var b = await JoinAsync();
        a.Crm.Answer = b.Crm.Answer = AnswerAsync;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() => RunAsync(thread % 2 == 0 ? a : b, new Random((seed * 4) + thread)))));
        await using var fresh = await JoinAsync(); // knows only what Redis has
        fresh.Crm.Answer = AnswerAsync;

        await Eventually.True(async () =>
        {
            var stale = 0;
            foreach (var instance in new[] { a, b, fresh })
            {
                for (var user = 0; user < Users; user++)
                {
                    stale += await VersionAsync(instance, user) is { } seen && seen >= _forgotten[user] ? 0 : 1;
                }
            }

            return stale == 0;
        });
        output.WriteLine($"{_forgets} forgets, {a.Crm.Calls + b.Crm.Calls} upstream calls, {fresh.Crm.Calls} by the fresh instance");
        Assert.Empty(_failures);
    }

    private async Task RunAsync(Instance instance, Random random)
    {
        for (var i = 0; i < 400; i++)
        {
            var user = random.Next(Users);
            switch (random.Next(10))
            {
                case 0:
                    await ForgetAsync(instance, user);
                    break;
                case 1:
                    await instance.Manager.RefreshAsync($"u{user}");
                    break;
                default:
                    await instance.Manager.EnrichAsync($"u{user}");
                    break;
            }
        }
    }

    private async Task ForgetAsync(Instance instance, int user)
    {
        var version = Interlocked.Increment(ref _versions[user]);
        if (!(await instance.Manager.ForgetAsync($"u{user}")).Complete)
        {
            return;
        }

        Interlocked.Increment(ref _forgets);
        if (await VersionAsync(instance, user) is { } seen && seen < version)
        {
            _failures.Add($"u{user}: version {seen} after {version} was forgotten");
        }

        int before;
        while ((before = Volatile.Read(ref _forgotten[user])) < version && Interlocked.CompareExchange(ref _forgotten[user], version, before) != before)
        {
            // Another thread was faster.
        }
    }

    /// <returns>What the instance serves; <see langword="null"/> when the user is being forgotten by another thread and nothing is served.</returns>
    private static async Task<int?> VersionAsync(Instance instance, int user) => int.TryParse(await instance.CityAsync($"u{user}"), out var version) ? version : null;

    private async ValueTask<EnrichmentResult> AnswerAsync(EnrichmentRequest request)
    {
        var version = Volatile.Read(ref _versions[int.Parse(request.UserId.AsSpan(1))]);
        await Task.Delay(Random.Shared.Next(4));
        return TestPlugin.Found($"{version}");
    }
}
