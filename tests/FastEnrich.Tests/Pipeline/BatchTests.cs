using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Pipeline;

public sealed class BatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly EngineFixture _engine = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Batch_IdleLane_WaitsExactlyTheWindowForMore()
    {
        var crm = Add();
        var asking = Ask("u1", "u2");

        _engine.Time.Advance(s_window - s_tick);
        Assert.Empty(crm.Batches);
        _engine.Time.Advance(s_tick);
        await asking;

        Assert.Equal([["u1", "u2"]], crm.Batches);
    }

    [Fact]
    public async Task Batch_WindowOfZero_StartsAtOnce()
    {
        var crm = Add(settings: settings => settings.BatchWindow = TimeSpan.Zero);

        await Ask("u1");

        Assert.Equal([["u1"]], crm.Batches);
    }

    [Fact]
    public async Task Batch_Slow_ItsResultsAreAsOldAsItsBeginning()
    {
        var crm = Add(maxBatchSize: 2);
        crm.Answer = Held;
        var began = _engine.Time.GetUtcNow();

        var asking = Ask("u1", "u2");
        await Eventually.True(() => crm.Batches.Length == 1);
        _engine.Time.Advance(TimeSpan.FromSeconds(1));
        _release.SetResult();

        Assert.All(await asking, profile => Assert.Equal(began, profile.Status["crm"].FetchedAt));
    }

    [Fact]
    public async Task Batch_Full_StartsAtOnceAndTheRestWaits()
    {
        var crm = Add(maxBatchSize: 3);
        crm.Answer = Held;

        var asking = Ask("u1", "u2", "u3", "u4");
        await Eventually.True(() => crm.Batches.Length == 1);

        Assert.Equal(["u1", "u2", "u3"], crm.Batches[0]);
        Assert.Equal(1, _engine.Manager.GetPluginStatus("crm")!.Waiting);
        _release.SetResult();
        await asking;
        Assert.Equal(["u4"], crm.Batches[1]);
    }

    [Fact]
    public async Task Batch_FlightComesFree_TakesAllThatWaits()
    {
        var crm = Add(settings: settings => (settings.MaxConcurrency, settings.BatchWindow) = (1, TimeSpan.Zero));
        crm.Answer = Held;
        var first = Ask("u1");
        await Eventually.True(() => crm.Batches.Length == 1);
        var rest = Ask("u2", "u3", "u4");

        _release.SetResult();
        await first;
        await rest;

        Assert.Equal([["u1"], ["u2", "u3", "u4"]], crm.Batches);
        Assert.Equal(0, _engine.Manager.GetPluginStatus("crm")!.Running);
    }

    [Fact]
    public async Task Batch_RateLimit_CountsABatchOnce()
    {
        var crm = Add(settings: settings => settings.RateLimit = 1);
        var first = Ask("u1", "u2", "u3");
        _engine.Time.Advance(s_window);
        await first;
        var second = Ask("u4", "u5");

        _engine.Time.Advance(TimeSpan.FromSeconds(1) - s_window - s_tick); // the token was taken when the window ended
        Assert.Single(crm.Batches);
        _engine.Time.Advance(s_window + s_tick);
        await second;

        Assert.Equal(["u4", "u5"], crm.Batches[1]);
    }

    [Fact]
    public async Task Batch_FailedMembers_AloneAreRetried()
    {
        var crm = Add(settings: settings => (settings.MaxRetries, settings.RetryDelay) = (1, TimeSpan.FromMilliseconds(100)));
        crm.Answer = (requests, results, _) =>
        {
            FakeBatchPlugin.AnswerAll(requests, results);
            if (crm.Batches.Length == 1)
            {
                results.Fail(1, Results.Failure(retryable: true));
                results.Fail(2, Results.Failure(PluginErrorCode.AuthError));
            }

            return ValueTask.CompletedTask;
        };
        var asking = new[] { "u1", "u2", "u3" }.Select(user => _engine.Manager.EnrichAsync(user).AsTask()).ToArray();

        _engine.Time.Advance(s_window);
        Assert.Equal(PluginState.Fresh, (await asking[0]).Status["crm"].State);
        Assert.Equal(PluginErrorCode.AuthError, (await asking[2]).Errors["crm"].Code);
        _engine.Time.Advance(await _engine.Time.Delay(1));

        Assert.Equal(PluginState.Fresh, (await asking[1]).Status["crm"].State);
        Assert.Equal([["u1", "u2", "u3"], ["u2"]], crm.Batches);
    }

    [Fact]
    public async Task Batch_MemberWithoutAnOutcome_IsAnInvalidResponse()
    {
        var crm = Add();
        crm.Answer = static (_, results, _) =>
        {
            results.Set(0, Results.Found("u1"));
            return ValueTask.CompletedTask;
        };
        var asking = Ask("u1", "u2");
        _engine.Time.Advance(s_window);

        var profiles = await asking;

        Assert.Equal(PluginState.Fresh, profiles[0].Status["crm"].State);
        Assert.Equal(PluginErrorCode.InvalidResponse, profiles[1].Errors["crm"].Code);
    }

    [Fact]
    public async Task Batch_FailsAsAWhole_FailsEachMemberOnce()
    {
        var crm = Add();
        crm.Answer = static (_, _, _) => throw Results.Failure(PluginErrorCode.AuthError);
        var asking = Ask("u1", "u2");
        _engine.Time.Advance(s_window);

        var profiles = await asking;

        Assert.All(profiles, static profile => Assert.Equal(PluginErrorCode.AuthError, profile.Errors["crm"].Code));
        Assert.Equal(2, _engine.Manager.GetPluginStatus("crm")!.Failed);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Batch_DistressOfItsMembers_CountsForTheBreakerWhenAllMeetIt(bool all, bool opens)
    {
        var crm = Add(settings: settings => settings.BatchWindow = TimeSpan.FromSeconds(1), maxBatchSize: 2); // full batches alone start
        crm.Answer = (requests, results, _) =>
        {
            FakeBatchPlugin.AnswerAll(requests, results);
            results.Fail(0, Results.Failure());
            if (all && requests.Count == 2)
            {
                results.Fail(1, Results.Failure());
            }

            return ValueTask.CompletedTask;
        };

        for (var i = 0; i < 20; i++)
        {
            await Ask($"a{i}", $"b{i}");
        }

        Assert.Equal(opens, _engine.Manager.GetPluginStatus("crm")!.BreakerOpen);
    }

    [Fact]
    public async Task Batch_BudgetEnds_SettlesEachMemberThatIsLeft()
    {
        var crm = Add(settings: settings => (settings.MaxRetries, settings.RetryDelay, settings.FetchTimeout) = (1, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5)));
        crm.Answer = (requests, results, token) =>
        {
            if (crm.Batches.Length > 1)
            {
                return Held(requests, results, token);
            }

            FakeBatchPlugin.AnswerAll(requests, results);
            results.Fail(1, Results.Failure(retryable: true));
            return ValueTask.CompletedTask;
        };
        var asking = new[] { "u1", "u2" }.Select(user => _engine.Manager.EnrichAsync(user).AsTask()).ToArray();
        _engine.Time.Advance(s_window);
        await asking[0];
        _engine.Time.Advance(await _engine.Time.Delay(1));
        await Eventually.True(() => crm.Batches.Length == 2);

        _engine.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(PluginState.TimedOut, (await asking[1]).Status["crm"].State);
        var status = _engine.Manager.GetPluginStatus("crm")!;
        Assert.Equal((1, 1, 1), (status.Succeeded, status.Failed, status.Hung));
        _release.SetResult();
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);
        Assert.Equal((1, 1), (_engine.Manager.GetPluginStatus("crm")!.Succeeded, _engine.Manager.GetPluginStatus("crm")!.Failed));
    }

    [Fact]
    public async Task Batch_WarmUser_NeverWaitsForIt()
    {
        var crm = Add();
        var filling = Ask("warm");
        _engine.Time.Advance(s_window);
        await filling;
        crm.Answer = Held;
        _ = Ask("cold");

        var warm = _engine.Manager.EnrichAsync("warm");

        Assert.True(warm.IsCompletedSuccessfully);
        _release.SetResult();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private FakeBatchPlugin Add(int maxBatchSize = 10, Action<PluginSettings>? settings = null)
    {
        var plugin = new FakeBatchPlugin { MaxBatchSize = maxBatchSize };
        _engine.Add("crm", () => plugin, settings: settings);
        return plugin;
    }

    private async Task<EnrichedProfile[]> Ask(params string[] users)
    {
        var asking = users.Select(user => _engine.Manager.EnrichAsync(user).AsTask()).ToArray(); // in order, before the first await
        return await Task.WhenAll(asking);
    }

    private async ValueTask Held(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        await _release.Task;
        FakeBatchPlugin.AnswerAll(requests, results);
    }
}
