using CsCheck;
using FastEnrich.Health;

namespace FastEnrich.Tests.Health;

public sealed class LiveTrafficTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Millisecond = TimeSpan.TicksPerMillisecond;

    private readonly LiveTraffic _traffic = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void Read_NoCalls_HasNoRateAndNoTimes() => Assert.Equal(new TrafficReading(0, 0, 0, null, 1), _traffic.Read(0));

    [Fact]
    public void ErrorRate_CallsInTheWindow_IsTheirShareUntilTheyLeaveIt()
    {
        Add(4, 1 * Second, failed: true);
        Add(12, 30 * Second);

        Assert.Equal(0.25, _traffic.Read(31 * Second).ErrorRate);
        Assert.Equal(0, _traffic.Read(62 * Second).ErrorRate);
        Assert.Null(_traffic.Read(200 * Second).ErrorRate);
    }

    [Fact]
    public void Read_AfterALongSilence_KeepsNothing()
    {
        Add(100, 0, failed: true);
        _traffic.Block(0);

        Assert.Equal(new TrafficReading(0, 0, 0, null, 1), _traffic.Read(TimeSpan.FromDays(30).Ticks));
    }

    [Fact]
    public void Times_KnownCalls_ArePercentilesWithinSixPercent()
    {
        for (var i = 1; i <= 1000; i++)
        {
            _traffic.Add(false, i * Millisecond, 0);
        }

        var times = _traffic.Read(0).Times!;
        Assert.InRange(times.P50, 500 * 0.94, 500 * 1.06);
        Assert.InRange(times.P95, 950 * 0.94, 950 * 1.06);
        Assert.InRange(times.P99, 990 * 0.94, 990 * 1.06);
    }

    [Fact]
    public void IndexOf_AnyTime_IsABucketWithinSixPercent() => Gen.Long[160, TimeSpan.FromMinutes(30).Ticks].Sample(static ticks =>
    {
        var shown = LatencyScale.Milliseconds(LatencyScale.IndexOf(ticks)) * Millisecond;

        Assert.InRange(shown, ticks * 0.93, ticks * 1.07);
    });

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(long.MaxValue, LatencyScale.Buckets - 1)]
    public void IndexOf_OddTimes_AreTheEndsOfTheScale(long ticks, int index) => Assert.Equal(index, LatencyScale.IndexOf(ticks));

    [Fact]
    public void Slowness_CallsBecomeSlow_IsMeasuredAgainstTheirOwnPast()
    {
        for (var slice = 0; slice < 30; slice++)
        {
            Add(10, slice * 10 * Second, ticks: 50 * Millisecond);
        }

        Assert.Equal(1, _traffic.Read(300 * Second).Slowness);
        for (var slice = 30; slice < 34; slice++)
        {
            Add(10, slice * 10 * Second, ticks: 400 * Millisecond);
        }

        Assert.InRange(_traffic.Read(340 * Second).Slowness, HealthRules.Slow, 8);
    }

    [Fact]
    public void Slowness_ThreeTimesNothing_IsNotSlow()
    {
        for (var slice = 0; slice < 40; slice++)
        {
            Add(10, slice * 10 * Second, ticks: slice < 30 ? Millisecond : 8 * Millisecond);
        }

        Assert.Equal(1, _traffic.Read(400 * Second).Slowness);
    }

    [Fact]
    public void Slowness_BeforeAHundredCalls_IsNotKnown()
    {
        Add(40, 0, ticks: Millisecond);
        Add(40, 10 * Second, ticks: Second);

        Assert.Equal(1, _traffic.Read(20 * Second).Slowness);
    }

    [Fact]
    public void Slowness_FailedCalls_DoNotCount()
    {
        for (var slice = 0; slice < 40; slice++)
        {
            Add(10, slice * 10 * Second, ticks: 50 * Millisecond);
            Add(20, slice * 10 * Second, failed: slice > 30, ticks: slice > 30 ? Second : 50 * Millisecond);
        }

        Assert.Equal(1, _traffic.Read(400 * Second).Slowness);
    }

    [Fact]
    public void Add_FromManyThreads_LosesNone()
    {
        Parallel.For(0, 8, _ => Add(10_000, 0));

        Assert.Equal(80_000, _traffic.Read(0).Calls);
    }

    [Fact]
    public void Add_AcrossTurnsOfTheWindow_AllocatesNothing()
    {
        Run(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Run(1000 * Second);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        void Run(long from)
        {
            for (var i = 0; i < 1000; i++)
            {
                _traffic.Add(i % 3 == 0, i * 1000, from + (i * Second));
            }
        }
    }

    private void Add(int count, long now, bool failed = false, long ticks = Millisecond)
    {
        for (var i = 0; i < count; i++)
        {
            _traffic.Add(failed, ticks, now);
        }
    }
}
