using FastEnrich.Resilience;

namespace FastEnrich.Tests.Resilience;

public sealed class BackOffTests
{
    private readonly BackOff _backOff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(int.MaxValue, 30)]
    public void After_Failures_DoublesUpToTheLimit(int failures, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), _backOff.After(failures));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0.5, 1.8)]
    [InlineData(0, 1.6)]
    public void After_Jitter_OnlyShortens(double random, double seconds) => Assert.Equal(seconds, _backOff.After(1, jitter: 0.2, random).TotalSeconds, 6);
}
