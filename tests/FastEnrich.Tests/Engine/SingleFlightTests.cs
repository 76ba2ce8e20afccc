using System.Collections.Concurrent;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

/// <summary>However many callers ask for one cold user, there is one read of the second tier and one call per plugin.</summary>
public sealed class SingleFlightTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly Gate _gate = new();
    private readonly FakeStore _store = new();

    [Theory]
    [InlineData(100_000)]
    [InlineData(2)]
    public async Task EnrichAsync_TenThousandCallersOfAColdUserWhileTheTableEvicts_ReadOnceAndCallOnce(int maxEntries)
    {
        _engine.Store = _store;
        _engine.Options.Engine.L1.MaxEntries = maxEntries;
        var crm = _engine.Add("crm");
        crm.Answer = (request, token) => request.UserId == "cold" ? _gate.Pass(request, token) : new(Results.Found("other"));
        var manager = _engine.Manager;

        var callers = new Task<EnrichedProfile>[10_000];
        Parallel.For(0, callers.Length, i =>
        {
            callers[i] = manager.EnrichAsync("cold").AsTask();
            if (i % 20 == 0)
            {
                _ = manager.EnrichAsync($"other{i}").AsTask();
            }
        });
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("Lisbon"));
        var profiles = await Task.WhenAll(callers);

        Assert.All(profiles, static profile => Assert.Equal("Lisbon", profile.Enrichments["crm"].Demographics!.City));
        lock (crm.Requests)
        {
            Assert.Single(crm.Requests, static request => request.UserId == "cold");
        }

        Assert.Equal(501, _store.Reads);
    }

    [Fact]
    public async Task EnrichAsync_TwoThreadsMeetAtEachColdUser_CallsOncePerUser()
    {
        string[] users = [.. Enumerable.Range(0, 4_096).Select(static i => $"u{i}")];
        var crm = _engine.Add("crm", settings: settings => settings.QueueCapacity = users.Length); // the threads may leave none for the calls
        var manager = _engine.Manager;
        var asking = new ConcurrentBag<Task<EnrichedProfile>>();
        var arrivals = 0;

        Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < users.Length; i++)
            {
                Interlocked.Increment(ref arrivals);
                for (var spin = default(SpinWait); Volatile.Read(ref arrivals) < 2 * (i + 1);)
                {
                    spin.SpinOnce(sleep1Threshold: -1); // a thread that has to be woken comes too late for the race
                }

                asking.Add(manager.EnrichAsync(users[i]).AsTask());
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        Assert.All(await Task.WhenAll(asking), static profile => Assert.Equal(profile.UserId, profile.Enrichments["crm"].Demographics!.City));
        Assert.Equal((users.Length, users.Length), (crm.Calls, manager.Engine.L1.Count));
    }

    [Fact]
    public async Task EnrichAsync_ManyCallersOfAColdUser_GetOneSnapshotAndItIsWrittenOnce()
    {
        _engine.Store = _store;
        _engine.Add("crm").Answer = _gate.Pass;
        var callers = Enumerable.Range(0, 100).Select(_ => _engine.Manager.EnrichAsync("u1").AsTask()).ToArray();
        await _gate.Arrivals(1);

        _gate.Release(Results.Found());
        var profiles = await Task.WhenAll(callers);
        await _engine.DisposeAsync(); // writes come after answers

        Assert.Single(profiles.Distinct(ReferenceEqualityComparer.Instance));
        Assert.Single(_store.Writes);
    }

    [Fact]
    public async Task EnrichAsync_DeadlinesPassedAndOthersAsk_JoinTheSameCall()
    {
        var crm = _engine.Add("crm");
        crm.Answer = _gate.Pass;
        var options = new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(5) };
        var hasty = Enumerable.Range(0, 10).Select(_ => _engine.Manager.EnrichAsync("u1", options).AsTask()).ToArray();
        await _gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.All(await Task.WhenAll(hasty), static profile => Assert.Equal(PluginState.TimedOut, profile.Status["crm"].State));

        var later = Enumerable.Range(0, 10).Select(_ => _engine.Manager.EnrichAsync("u1").AsTask()).ToArray();
        Assert.All(later, static task => Assert.False(task.IsCompleted));
        _gate.Release(Results.Found("one"));

        Assert.All(await Task.WhenAll(later), static profile => Assert.Equal("one", profile.Enrichments["crm"].Demographics!.City));
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_DeadlineOfOneTick_IsAnsweredWithWhatIsThereAndTheFetchGoesOn()
    {
        var crm = _engine.Add("crm");
        crm.Answer = _gate.Pass;

        var asking = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromTicks(1) }).AsTask();
        await _gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(PluginState.TimedOut, (await asking).Status["crm"].State);
        _gate.Release(Results.Found());
        await Eventually.True(() => _engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);

        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_DeadlineAsLongAsATimeCanBe_WaitsUntilTheFetchEnds()
    {
        _engine.Add("crm", settings: static settings => settings.FetchTimeout = TimeSpan.FromMinutes(10)).Answer = _gate.Pass;
        var asking = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.MaxValue, MaxAge = TimeSpan.MaxValue }).AsTask();
        await _gate.Arrivals(1);

        _engine.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.False(asking.IsCompleted);
        _gate.Release(Results.Found());

        Assert.True((await asking).Complete);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-10_000, null)] // what means endless elsewhere
    [InlineData(null, -1)]
    public async Task EnrichAsync_DeadlineOrMaxAgeOutOfRange_IsRefusedAndStartsNothing(int? deadline, int? maxAge)
    {
        var crm = _engine.Add("crm");
        var options = new EnrichOptions { Deadline = deadline is { } wait ? new TimeSpan(wait) : null, MaxAge = maxAge is { } age ? new TimeSpan(age) : null };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _engine.Manager.EnrichAsync("u1", options));

        Assert.Equal((0, null), (crm.Calls, _engine.Manager.Inspect("u1")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EnrichAsync_TokenIsCancelledAlready_IsCancelledAndStartsNothing(bool warm)
    {
        var crm = _engine.Add("crm");
        for (var i = 0; i < (warm ? 3 : 0); i++)
        {
            await _engine.Manager.EnrichAsync("u1");
        }

        var (token, options) = (new CancellationToken(canceled: true), new EnrichOptions { Deadline = TimeSpan.FromSeconds(1) });
        var plain = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _engine.Manager.EnrichAsync("u1", token).AsTask());
        var other = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _engine.Manager.EnrichAsync("u1", options, token).AsTask());

        Assert.Equal((token, token), (plain.CancellationToken, other.CancellationToken));
        Assert.Equal((warm ? 1 : 0, warm), (crm.Calls, _engine.Manager.Inspect("u1") is not null));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // whose request began the fetch
    public async Task EnrichAsync_OneCallerCancels_AloneGetsItsOwnTokenBack(bool isFirst)
    {
        _engine.Add("crm").Answer = _gate.Pass;
        using var cancellation = new CancellationTokenSource();
        var before = isFirst ? null : _engine.Manager.EnrichAsync("u1").AsTask();
        var leaving = _engine.Manager.EnrichAsync("u1", cancellation.Token).AsTask();
        var patient = before ?? _engine.Manager.EnrichAsync("u1").AsTask();

        await cancellation.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await _gate.Arrivals(1);
        _gate.Release(Results.Found());

        Assert.Equal(cancellation.Token, exception.CancellationToken);
        Assert.True((await patient).Complete);
        Assert.Equal(PluginState.Fresh, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
    }

    [Fact]
    public async Task EnrichAsync_EveryCallerCancels_TheFetchStillLandsInTheCache()
    {
        var crm = _engine.Add("crm");
        crm.Answer = _gate.Pass;
        using var cancellation = new CancellationTokenSource();
        var leaving = _engine.Manager.EnrichAsync("u1", cancellation.Token).AsTask();
        await _gate.Arrivals(1);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);

        _gate.Release(Results.Found());
        await Eventually.True(() => _engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);

        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_CallerWithAShortDeadline_GetsAPartialProfileAndTheOthersTheResult()
    {
        var crm = _engine.Add("crm");
        _engine.Add("quick");
        CancellationToken flight = default;
        crm.Answer = (request, token) =>
        {
            flight = token;
            return _gate.Pass(request, token);
        };
        var patient = _engine.Manager.EnrichAsync("u1").AsTask();
        var hasty = _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(20) }).AsTask();
        await _gate.Arrivals(1);
        await Eventually.True(() => _engine.Manager.Inspect("u1")!.Slots["quick"].State == PluginState.Fresh);

        _engine.Time.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(hasty.IsCompleted);
        _engine.Time.Advance(TimeSpan.FromMilliseconds(1));
        var partial = await hasty;

        Assert.False(partial.Complete);
        Assert.Equal((1, 1), (partial.SuccessCount, partial.ErrorCount));
        Assert.Equal(PluginState.TimedOut, partial.Status["crm"].State);
        Assert.Equal(PluginErrorCode.TimeoutError, partial.Errors["crm"].Code);
        Assert.Equal(PluginState.Fresh, partial.Status["quick"].State);
        Assert.False(flight.IsCancellationRequested);
        Assert.False(patient.IsCompleted);
        _gate.Release(Results.Found("late"));
        Assert.Equal("late", (await patient).Enrichments["crm"].Demographics!.City);
        Assert.Equal("late", (await _engine.Manager.EnrichAsync("u1")).Enrichments["crm"].Demographics!.City);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_DeadlinesOfManyCallers_EachIsKeptExactly()
    {
        _engine.Add("crm").Answer = _gate.Pass;
        int[] milliseconds = [1, 2, 50, 999, 4_095, 4_096, 4_097, 4_900];
        var callers = milliseconds.Select(wait => (wait, task: _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(wait) }).AsTask())).ToArray();
        var now = 0;

        foreach (var (wait, task) in callers)
        {
            _engine.Time.Advance(TimeSpan.FromMilliseconds(wait - now) - TimeSpan.FromTicks(1));
            Assert.False(task.IsCompleted, $"{wait} ms");
            _engine.Time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(PluginState.TimedOut, (await task).Status["crm"].State);
            now = wait;
        }
    }

    [Fact]
    public async Task EnrichAsync_TaskAwaitedTwice_ThrowsAndHarmsNobodyElse()
    {
        _engine.Add("crm").Answer = _gate.Pass;
        var first = _engine.Manager.EnrichAsync("u1");
        await _gate.Arrivals(1);
        _gate.Release(Results.Found("one"));
        await first;
        var second = _engine.Manager.EnrichAsync("u2"); // takes the pooled wait
        await _gate.Arrivals(1);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await first);
        Assert.Throws<InvalidOperationException>(() => first.Result);
        _gate.Release(Results.Found("two"));

        Assert.Equal("u2", (await second).UserId);
    }

    [Fact]
    public async Task EnrichAsync_PluginWhoseListsThrow_IsAnInvalidResponse()
    {
        _engine.Add("crm").Answer = static (_, _) => new(EnrichmentResult.Found(Results.Enrichment() with { Interests = new Hostile() }));

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(PluginErrorCode.InvalidResponse, profile.Errors["crm"].Code);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private sealed class Hostile : IReadOnlyList<string>
    {
        public int Count => 3;

        public string this[int index] => throw new FormatException();

        public IEnumerator<string> GetEnumerator() => throw new FormatException();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
