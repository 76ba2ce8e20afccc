using FastEnrich.Redis.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class RedisBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<bool> _changes = [];
    private readonly RedisBreaker _breaker;

    public RedisBreakerTests() => _breaker = new RedisBreaker(_time) { Changed = _changes.Add };

    [Fact]
    public void Failed_ThreeTimesOneAfterTheOther_Opens()
    {
        Fail();
        Fail();
        Assert.False(_breaker.IsOpen);
        Fail();

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryEnter(out _));
        Assert.Equal([true], _changes);
    }

    [Fact]
    public void Failed_ManyThatBeganTogether_CountOnce()
    {
        var began = Enumerable.Range(0, 100).Select(_ => Enter()).ToList();
        _time.Advance(TimeSpan.FromMilliseconds(20));

        began.ForEach(_breaker.Failed);

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void Succeeded_InBetween_StartsTheCountAnew()
    {
        Fail();
        Fail();
        _breaker.Succeeded();
        Fail();
        Fail();

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void TryEnter_AfterThePause_LetsOneThrough()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Enumerable.Range(0, 10).Count(_ => _breaker.TryEnter(out var _)));
    }

    [Fact]
    public void Succeeded_OfTheProbe_Closes()
    {
        Open();
        _time.Advance(TimeSpan.FromSeconds(1));
        _breaker.TryEnter(out _);
        _breaker.Succeeded();

        Assert.True(_breaker.TryEnter(out _));
        Assert.Equal([true, false], _changes);
    }

    [Fact]
    public void Failed_OfTheProbe_WaitsForAnotherPause()
    {
        Open();
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(_breaker.TryEnter(out var startedAt));
            _breaker.Failed(startedAt);
            Assert.False(_breaker.TryEnter(out _));
        }

        Assert.Equal([true], _changes);
    }

    private void Open()
    {
        Fail();
        Fail();
        Fail();
    }

    private void Fail()
    {
        var startedAt = Enter();
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _breaker.Failed(startedAt);
        _time.Advance(TimeSpan.FromMilliseconds(1));
    }

    private long Enter()
    {
        Assert.True(_breaker.TryEnter(out var startedAt));
        return startedAt;
    }
}
