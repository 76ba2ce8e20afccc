using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Chaos;

public sealed class ChaosSwitchTests
{
    [Fact]
    public void Strike_NothingSet_NeverStrikes()
    {
        var chaos = new ChaosSwitch(1);

        Assert.DoesNotContain(true, Strikes(chaos, 1000));
        Assert.Equal((1000, 0), (chaos.Passages, chaos.Strikes));
    }

    [Fact]
    public void Strike_Always_StrikesEveryTime() =>
        Assert.DoesNotContain(false, Strikes(new ChaosSwitch(1).Always(), 1000));

    [Fact]
    public void Strike_NextThree_StrikesThreeThenPasses() =>
        Assert.Equal([true, true, true, false, false], Strikes(new ChaosSwitch(1).Next(3), 5));

    [Fact]
    public void Never_AfterAlwaysAndNext_PassesAgain()
    {
        var chaos = new ChaosSwitch(1).Always();
        chaos.Next(5);
        chaos.Never();

        Assert.DoesNotContain(true, Strikes(chaos, 10));
    }

    [Fact]
    public void Strike_Probability_StrikesThatShare() =>
        Gen.Select(Gen.Int, Gen.Double[0, 1]).Sample((seed, probability) =>
        {
            var chaos = new ChaosSwitch(seed).WithProbability(probability);

            var share = Strikes(chaos, 10_000).Count(static struck => struck) / 10_000.0;

            Assert.InRange(share, probability - 0.03, probability + 0.03); // six standard deviations
        });

    [Fact]
    public void Strike_SameSeed_SameSequence() =>
        Gen.Int.Sample(seed => Assert.Equal(
            Strikes(new ChaosSwitch(seed).WithProbability(0.5), 200),
            Strikes(new ChaosSwitch(seed).WithProbability(0.5), 200)));

    [Fact]
    public void Strike_NeighbouringSeeds_DifferentSequences() =>
        Gen.Int[0, 1_000_000].Sample(seed => Assert.NotEqual(
            Strikes(new ChaosSwitch(seed).WithProbability(0.5), 200),
            Strikes(new ChaosSwitch(seed + 1).WithProbability(0.5), 200)));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void WithProbability_NoProbability_Throws(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaosSwitch(1).WithProbability(probability));

    [Fact]
    public void Delay_LeastAboveMost_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChaosSwitch(1).Delay(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task PassAsync_Delay_CompletesWhenItIsOver()
    {
        var time = new FakeTimeProvider();
        var passing = new ChaosSwitch(1, time).Always().Delay(TimeSpan.FromSeconds(5)).PassAsync(CancellationToken.None).AsTask();

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(passing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.True(await passing);
    }

    [Fact]
    public async Task PassAsync_CancelledDuringDelay_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var passing = new ChaosSwitch(1, new FakeTimeProvider()).Delay(TimeSpan.FromSeconds(5)).PassAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => passing);
    }

    [Fact]
    public async Task PassAsync_DrawnDelay_StaysWithinItsBounds()
    {
        var time = new FakeTimeProvider();
        var chaos = new ChaosSwitch(7, time).Delay(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        var passing = Enumerable.Range(0, 100).Select(_ => chaos.PassAsync(CancellationToken.None).AsTask()).ToList();
        time.Advance(TimeSpan.FromSeconds(0.999));
        Assert.DoesNotContain(passing, static task => task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.InRange(passing.Count(static task => task.IsCompleted), 25, 75);
        time.Advance(TimeSpan.FromSeconds(0.502));

        await Task.WhenAll(passing);
    }

    private static bool[] Strikes(ChaosSwitch chaos, int count) => [.. Enumerable.Range(0, count).Select(_ => chaos.Strike())];
}
