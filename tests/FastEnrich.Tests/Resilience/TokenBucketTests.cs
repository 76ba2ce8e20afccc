using FastEnrich.Resilience;

namespace FastEnrich.Tests.Resilience;

public sealed class TokenBucketTests
{
    private const long Start = 638_000_000_000_000_000; // ticks of a clock that began long ago

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000.1)]
    public void TryTake_WheneverATokenIsBack_AllowsOneSecondsWorthAndThenExactlyTheRate(double perSecond)
    {
        var bucket = new TokenBucket(perSecond);
        var (taken, seconds) = (0, 1000);
        var end = Start + (seconds * TimeSpan.TicksPerSecond);

        for (var now = Start; now < end; now = bucket.NextAt(now))
        {
            Assert.True(bucket.TryTake(now));
            taken++;
        }

        Assert.InRange(taken, Math.Floor(perSecond * seconds), Math.Ceiling((perSecond * seconds) + Math.Max(1, perSecond)));
    }

    [Fact]
    public void TryTake_OneTickBeforeItsTime_IsRefused()
    {
        var bucket = new TokenBucket(3);
        Assert.True(bucket.TryTake(Start) && bucket.TryTake(Start) && bucket.TryTake(Start));

        var next = bucket.NextAt(Start);

        Assert.InRange(next - Start, 3_333_333, 3_333_334);
        Assert.False(bucket.TryTake(next - 1));
        Assert.True(bucket.TryTake(next));
    }

    [Fact]
    public void Reserve_NoTokenIsThere_TellsWhenAndMakesOthersWaitLonger()
    {
        var bucket = new TokenBucket(1);
        bucket.TryTake(Start);

        Assert.Equal(Start + TimeSpan.TicksPerSecond, bucket.Reserve(Start));
        Assert.Equal(Start + (2 * TimeSpan.TicksPerSecond), bucket.NextAt(Start));
    }
}
