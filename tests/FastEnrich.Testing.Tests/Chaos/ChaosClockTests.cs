using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Testing.Tests.Chaos;

public sealed class ChaosClockTests
{
    private readonly FakeTimeProvider _inner = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void GetUtcNow_Skewed_IsAheadOrBehind(int seconds)
    {
        var clock = new ChaosClock(_inner) { Skew = TimeSpan.FromSeconds(seconds) };

        _inner.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero).AddSeconds(seconds), clock.GetUtcNow());
    }

    [Fact]
    public void GetElapsedTime_ClockSetMeanwhile_IsRight()
    {
        var clock = new ChaosClock(_inner);
        var begin = clock.GetTimestamp();

        clock.Skew = TimeSpan.FromHours(-3);
        _inner.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(2), clock.GetElapsedTime(begin));
    }

    [Fact]
    public async Task CreateTimer_Skewed_FiresInTime()
    {
        var clock = new ChaosClock(_inner) { Skew = TimeSpan.FromDays(1) };
        var delay = Task.Delay(TimeSpan.FromSeconds(1), clock);

        _inner.Advance(TimeSpan.FromSeconds(1));

        await delay;
    }
}
