using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Upstream;

public sealed class UpstreamLimitsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly UpstreamLimits _limits;

    public UpstreamLimitsTests() => _limits = new UpstreamLimits("test", _time);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void EnterAsync_NothingKnown_NeverWaits() =>
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(Enter().IsCompletedSuccessfully));

    [Theory]
    [InlineData(PluginErrorCode.RateLimitError, true)]
    [InlineData(PluginErrorCode.QuotaExceeded, false)]
    public async Task EnterAsync_Blocked_IsRefusedWithWhatIsLeft(PluginErrorCode code, bool retryable)
    {
        _limits.Block(Now.AddSeconds(60), code, "DAILY");
        _time.Advance(TimeSpan.FromSeconds(45));

        var failure = await RefusedAsync();

        Assert.Equal(("test", "read", code, retryable, TimeSpan.FromSeconds(15)), (failure.Plugin, failure.Operation, failure.Code, failure.Retryable, failure.RetryAfter));
        Assert.Contains("DAILY", failure.Message);
    }

    [Fact]
    public void EnterAsync_BlockOver_GoesOn()
    {
        _limits.Block(Now.AddSeconds(60), PluginErrorCode.QuotaExceeded);

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.True(Enter().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Block_TwoOfThem_TheLaterEndStands()
    {
        _limits.Block(Now.AddMinutes(10), PluginErrorCode.QuotaExceeded, "LONG");
        _limits.Block(Now.AddMinutes(1), PluginErrorCode.RateLimitError, "SHORT");

        var failure = await RefusedAsync();

        Assert.Equal((PluginErrorCode.QuotaExceeded, TimeSpan.FromMinutes(10)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task Block_AbsurdTime_EndsAfterADay()
    {
        _limits.Block(DateTimeOffset.MaxValue, PluginErrorCode.QuotaExceeded, "someone@example.com");

        var failure = await RefusedAsync();

        Assert.Equal(TimeSpan.FromHours(24), failure.RetryAfter);
        Assert.DoesNotContain("someone", failure.Message);
    }

    [Fact]
    public void Block_CodeThatIsNoLimit_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _limits.Block(Now.AddSeconds(1), PluginErrorCode.AuthError));

    [Fact]
    public async Task EnterAsync_WindowUsedUp_IsRefusedUntilItsReset()
    {
        _limits.Note("window", 100, 0, Now.AddSeconds(10));

        var failure = await RefusedAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((PluginErrorCode.RateLimitError, true, TimeSpan.FromSeconds(10)), (failure.Code, failure.Retryable, failure.RetryAfter));
        Assert.True(Enter().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task EnterAsync_BelowATenth_SpreadsTheCallsLeftOverTheTimeLeft()
    {
        _limits.Note("window", 100, 10, Now.AddSeconds(5)); // one call each half second

        Assert.True(Enter().IsCompletedSuccessfully);
        var second = Enter();
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await second;
    }

    [Fact]
    public async Task EnterAsync_TurnLaterThanASecond_IsRefusedAndTakesNoTurn()
    {
        _limits.Note("window", 100, 2, Now.AddSeconds(20));
        await Enter();

        var first = await RefusedAsync();
        var second = await RefusedAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)), (first.RetryAfter, second.RetryAfter));
        Assert.True(Enter().IsCompletedSuccessfully);
    }

    [Fact]
    public void EnterAsync_AboveATenth_NeverWaits()
    {
        _limits.Note("window", 100, 90, Now.AddSeconds(10));

        Assert.All(Enumerable.Range(0, 80), _ => Assert.True(Enter().IsCompletedSuccessfully));
    }

    [Fact]
    public async Task EnterAsync_TwoWindows_TheTighterOneRules()
    {
        _limits.Note("second", 10, 8, Now.AddSeconds(1));
        _limits.Note("day", 1000, 0, Now.AddHours(3));

        Assert.Equal(TimeSpan.FromHours(3), (await RefusedAsync()).RetryAfter);
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileItWaits_EndsAtOnce()
    {
        using var flight = new CancellationTokenSource();
        _limits.Note("window", 100, 10, Now.AddSeconds(5));
        await Enter();
        var waiting = _limits.EnterAsync("read", flight.Token).AsTask();

        await flight.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task EnterAsync_BlockedWhileItWaits_IsRefused()
    {
        _limits.Note("window", 100, 10, Now.AddSeconds(5));
        await Enter();
        var waiting = Enter().AsTask();

        _limits.Block(Now.AddMinutes(1), PluginErrorCode.RateLimitError);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(59), (await Assert.ThrowsAsync<PluginException>(() => waiting)).RetryAfter);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-5, 3)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void Note_LimitThatIsNone_SaysNothing(long limit, long remaining)
    {
        _limits.Note("window", limit, remaining, Now.AddSeconds(10));

        Assert.True(Enter().IsCompletedSuccessfully);
    }

    [Fact]
    public void Note_ResetInThePast_SaysNothing()
    {
        _limits.Note("window", 100, 0, DateTimeOffset.MinValue);
        _limits.Note("other", 100, 0, Now);

        Assert.True(Enter().IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    public async Task Note_AbsurdReset_EndsAfterADay(long remaining)
    {
        _limits.Note("window", long.MaxValue, remaining, DateTimeOffset.MaxValue);

        Assert.Equal(TimeSpan.FromHours(24), (await RefusedAsync()).RetryAfter);
    }

    [Fact]
    public async Task Note_ThousandsOfWindows_KeepsAFew()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _limits.Note($"window-{i}", 10, 5, Now.AddSeconds(10));
        }

        _limits.Note("one too many", 10, 0, Now.AddSeconds(10));
        Assert.True(Enter().IsCompletedSuccessfully);
        _time.Advance(TimeSpan.FromSeconds(10));
        _limits.Note("the old ones are over", 10, 0, Now.AddSeconds(10));
        await RefusedAsync();
    }

    [Fact]
    public void EnterAsync_AnyWindow_LetsNoMoreThroughThanAreLeft() => Gen.Select(Gen.Int[1, 2000], Gen.Int[0, 2000], Gen.Int[1, 100], Gen.Int[1, 40]).Sample((limit, remaining, seconds, step) =>
    {
        var time = new FakeTimeProvider();
        var limits = new UpstreamLimits("test", time);
        var reset = time.GetUtcNow().AddSeconds(seconds);
        limits.Note("window", limit, remaining, reset);
        var (entered, waiting) = (0, new List<Task>());
        while (time.GetUtcNow().AddSeconds(1 + (step / 10.0)) < reset)
        {
            for (var i = 0; i < 50; i++)
            {
                var call = EnterAsync(limits);
                if (!call.IsFaulted)
                {
                    waiting.Add(call);
                }
            }

            time.Advance(TimeSpan.FromSeconds(step / 10.0));
            entered += waiting.RemoveAll(static call => call.IsCompletedSuccessfully);
        }

        return entered <= Math.Min(limit, remaining);
    });

    [Fact]
    public void Note_AnyNumbers_NeverThrowsNorWaitsLong() => Gen.Select(Gen.Long, Gen.Long, Gen.Long[0, DateTimeOffset.MaxValue.Ticks]).Sample((limit, remaining, ticks) =>
    {
        var limits = new UpstreamLimits("test", _time);
        limits.Note("window", limit, remaining, new DateTimeOffset(ticks, TimeSpan.Zero));
        limits.Block(new DateTimeOffset(ticks, TimeSpan.Zero), PluginErrorCode.RateLimitError);
        var call = EnterAsync(limits);
        return !call.IsFaulted || ((PluginException)call.Exception.InnerException!).RetryAfter <= TimeSpan.FromHours(24);
    });

    private static async Task EnterAsync(UpstreamLimits limits) => await limits.EnterAsync("read", default);

    private ValueTask Enter() => _limits.EnterAsync("read", default);

    private Task<PluginException> RefusedAsync() => Assert.ThrowsAsync<PluginException>(async () => await Enter());
}
