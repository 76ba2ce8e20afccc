using FastEnrich.Health;

namespace FastEnrich.Tests.Health;

public sealed class HealthTrendTests
{
    private readonly HealthTrend _trend = new(3);

    [Theory]
    [InlineData("H", HealthState.Healthy)]
    [InlineData("U", HealthState.Unhealthy)]
    [InlineData("H U U", HealthState.Healthy)]
    [InlineData("H U U U", HealthState.Unhealthy)]
    [InlineData("H U U H U U", HealthState.Healthy)]
    [InlineData("H U D U", HealthState.Degraded)] // unhealthy was not seen three times, something wrong was
    [InlineData("H U D U U U U", HealthState.Unhealthy)]
    [InlineData("U H H", HealthState.Unhealthy)]
    [InlineData("U H H H", HealthState.Healthy)]
    [InlineData("U H D H", HealthState.Degraded)]
    [InlineData("D H H U H H", HealthState.Degraded)] // better, better, worse: a new row begins
    public void Observe_SoftVerdicts_NeedThreeInARow(string verdicts, HealthState state)
    {
        foreach (var verdict in verdicts.Split(' '))
        {
            _trend.Observe(new(Of(verdict), HealthState.Healthy, []), counts: true);
        }

        Assert.Equal(state, _trend.State);
    }

    [Theory]
    [InlineData("H", true, HealthState.Healthy)]
    [InlineData("D", true, HealthState.Degraded)]
    [InlineData("U", true, HealthState.Unhealthy)]
    [InlineData("U", false, HealthState.Unhealthy)]
    public void Observe_FirstThingSeenFromUnknown_CountsAtOnce(string verdict, bool counts, HealthState state)
    {
        Assert.False(_trend.Observe(new(HealthState.Unknown, HealthState.Unknown, []), counts));
        Assert.Equal(HealthState.Unknown, _trend.State);

        Assert.True(_trend.Observe(new(Of(verdict), HealthState.Healthy, []), counts));
        Assert.Equal(state, _trend.State);
        Assert.False(_trend.Observe(new(HealthState.Healthy, HealthState.Healthy, []), counts)); // and getting better takes its row
        Assert.Equal(state, _trend.State);
    }

    [Fact]
    public void Observe_Fact_MakesItWorseAtOnceAndNeverBetter()
    {
        _trend.Observe(new(HealthState.Healthy, HealthState.Healthy, []), counts: true);

        Assert.True(_trend.Observe(new(HealthState.Unhealthy, HealthState.Degraded, []), counts: false));
        Assert.Equal(HealthState.Degraded, _trend.State);
        Assert.True(_trend.Observe(new(HealthState.Unhealthy, HealthState.Unhealthy, []), counts: false));
        Assert.False(_trend.Observe(new(HealthState.Degraded, HealthState.Degraded, []), counts: true));
        Assert.Equal(HealthState.Unhealthy, _trend.State);
    }

    [Fact]
    public void Observe_MereLooks_DoNotCount()
    {
        _trend.Observe(new(HealthState.Healthy, HealthState.Healthy, []), counts: true);

        for (var i = 0; i < 10; i++)
        {
            Assert.False(_trend.Observe(new(HealthState.Unhealthy, HealthState.Healthy, []), counts: false));
        }

        Assert.Equal(HealthState.Healthy, _trend.State);
    }

    private static HealthState Of(string letter) => letter switch { "H" => HealthState.Healthy, "D" => HealthState.Degraded, _ => HealthState.Unhealthy };
}
