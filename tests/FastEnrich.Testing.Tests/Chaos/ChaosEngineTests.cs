using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Chaos;

/// <summary>What an author's tests can show with the chaos pieces: engines that share a tier which fails on purpose.</summary>
public sealed class ChaosEngineTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly ChaosTier _tier;
    private ChaosEngine _a = null!;
    private ChaosEngine _b = null!;

    public ChaosEngineTests() => _tier = new ChaosTier(seed: 7, _time);

    public async ValueTask InitializeAsync() => (_a, _b) = (await ChaosEngine.StartAsync(_tier, _time), await ChaosEngine.StartAsync(_tier, _time));

    public async ValueTask DisposeAsync()
    {
        await _a.StopAsync();
        await _b.StopAsync();
    }

    [Fact]
    public async Task EnrichAsync_OtherEngineKnowsTheUser_AsksNobody()
    {
        await _a.Enricher.EnrichAsync("u1");
        await _tier.WhenHeldAsync("u1");

        var profile = await _b.Enricher.EnrichAsync("u1");

        Assert.Equal(ResultOrigin.L2, profile.Status["crm"].Origin);
        Assert.Equal((1, 0), (_a.Calls, _b.Calls));
    }

    [Fact]
    public async Task EnrichAsync_TierFails_AnswersFromThePlugin()
    {
        _tier.Reads.Always();
        _tier.Writes.Always();

        Assert.True((await _a.Enricher.EnrichAsync("u1")).Complete);
        Assert.True((await _b.Enricher.EnrichAsync("u1")).Complete);

        Assert.Equal(0, _tier.Records);
    }

    [Fact]
    public async Task ForgetAsync_OnOneEngine_IsGoneFromTheOther()
    {
        await _a.Enricher.EnrichAsync("u1");
        await _tier.WhenHeldAsync("u1");
        await _b.Enricher.EnrichAsync("u1");

        Assert.True((await _a.Enricher.ForgetAsync("u1")).Complete);
        await _tier.SettleAsync();

        Assert.Equal(ResultOrigin.Upstream, (await _b.Enricher.EnrichAsync("u1")).Status["crm"].Origin);
        Assert.Equal(1, _b.Calls);
    }

    [Fact]
    public async Task ForgetAsync_BusCut_SaysSoAndTheOtherServesForAWhileOnly()
    {
        await _b.Enricher.EnrichAsync("u1");
        _tier.CutBus();

        var receipt = await _a.Enricher.ForgetAsync("u1");
        Assert.Equal((true, true, false, false), (receipt.Local, receipt.L2, receipt.Published, receipt.Complete));
        await _b.Enricher.EnrichAsync("u1");
        Assert.Equal(1, _b.Calls);

        _time.Advance(TimeSpan.FromSeconds(61)); // disconnected_serving
        await _b.Enricher.EnrichAsync("u1");
        Assert.Equal(2, _b.Calls);
    }

    [Fact]
    public async Task EnrichAsync_EverythingFailsSometimes_NobodyGetsAnotherUsersProfile()
    {
        _tier.Reads.WithProbability(0.3);
        _tier.Writes.WithProbability(0.3);
        _tier.Erasures.WithProbability(0.3);
        _tier.Messages.WithProbability(0.3);
        for (var i = 0; i < 500; i++)
        {
            var (user, engine) = ($"u{i % 17}", i % 2 == 0 ? _a : _b);
            if (i % 5 == 0)
            {
                await engine.Enricher.ForgetAsync(user);
            }

            Assert.Equal(user, (await engine.Enricher.EnrichAsync(user)).Merged.Demographics!.City);
        }
    }
}
