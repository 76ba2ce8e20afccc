using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Engine;

public sealed class WarmPathTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();

    [Fact]
    public async Task EnrichAsync_ColdUser_ReturnsWhatThePluginFound()
    {
        _engine.Add("crm");

        var profile = await _engine.Manager.EnrichAsync("u1");

        Assert.Equal("u1", profile.UserId);
        Assert.Equal("u1", profile.Enrichments["crm"].Demographics!.City);
        Assert.Equal("u1", profile.Merged.Demographics!.City);
        Assert.Equal(PluginState.Fresh, profile.Status["crm"].State);
        Assert.Equal(ResultOrigin.Upstream, profile.Status["crm"].Origin);
        Assert.True(profile.Complete);
        Assert.Equal((1, 0), (profile.SuccessCount, profile.ErrorCount));
    }

    [Fact]
    public async Task EnrichAsync_WarmUser_ReturnsTheSameSnapshotWithoutACall()
    {
        var crm = _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");

        var second = _engine.Manager.EnrichAsync("u1");
        var third = _engine.Manager.EnrichAsync("u1");

        Assert.True(second.IsCompletedSuccessfully);
        Assert.Same(second.Result, third.Result);
        Assert.Equal(1, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_UserSeenOnce_LeavesNoSnapshotBehind()
    {
        _engine.Add("crm");
        await _engine.Manager.EnrichAsync("u1");

        var once = _engine.Manager.Inspect("u1")!.Decoded;
        await _engine.Manager.EnrichAsync("u1");

        Assert.False(once);
        Assert.True(_engine.Manager.Inspect("u1")!.Decoded);
    }

    [Fact]
    public async Task EnrichAsync_IdsThatDifferInCaseFormOrControls_AreDifferentUsers()
    {
        var crm = _engine.Add("crm");
        string[] ids = ["a", "A", "a\0", "\u00e9", "e\u0301", "a ", "a\n", "a%2Fb", "a/b"];

        foreach (var id in ids)
        {
            Assert.Equal(id, (await _engine.Manager.EnrichAsync(id)).Enrichments["crm"].Demographics!.City);
        }

        Assert.Equal(ids.Length, crm.Calls);
    }

    [Fact]
    public async Task EnrichAsync_EmptyOrIllFormedId_IsAnArgumentException()
    {
        _engine.Add("crm");

        foreach (var id in new[] { "", "\ud800", "a\udc00b" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnrichAsync(id).AsTask());
        }
    }

    [Fact]
    public async Task EnrichAsync_IdOf513Bytes_IsAnArgumentExceptionThatDoesNotQuoteIt()
    {
        _engine.Add("crm");

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnrichAsync(new string('q', 513)).AsTask());

        Assert.DoesNotContain("qqq", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_AfterTtl_FetchesBehindAndServesTheOldOneAtOnce()
    {
        var gate = new Gate();
        var crm = _engine.Add("crm");
        crm.Answer = static (_, _) => new(Results.Found("old", TimeSpan.FromMinutes(1)));
        await _engine.Manager.EnrichAsync("u1");
        crm.Answer = gate.Pass;
        _engine.Time.Advance(TimeSpan.FromMinutes(2));

        var stale = _engine.Manager.EnrichAsync("u1");
        await gate.Arrivals(1);

        Assert.True(stale.IsCompletedSuccessfully);
        Assert.Equal(PluginState.Stale, stale.Result.Status["crm"].State);
        Assert.Empty(stale.Result.Errors);
        Assert.True(_engine.Manager.EnrichAsync("u1").IsCompletedSuccessfully);
        Assert.Equal(2, crm.Calls);
        gate.Release(Results.Found("new"));
        await Eventually.True(async () => (await _engine.Manager.EnrichAsync("u1")).Merged.Demographics!.City == "new");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
