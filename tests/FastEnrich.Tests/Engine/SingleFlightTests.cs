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
    public async Task EnrichAsync_OneCallerCancels_AloneGetsItsOwnTokenBack()
    {
        _engine.Add("crm").Answer = _gate.Pass;
        using var cancellation = new CancellationTokenSource();
        var patient = _engine.Manager.EnrichAsync("u1").AsTask();
        var leaving = _engine.Manager.EnrichAsync("u1", cancellation.Token).AsTask();

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
