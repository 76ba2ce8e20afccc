using FastEnrich.Redis.Invalidation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class RecoveryQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecoveryQueue _queue;

    public RecoveryQueueTests() => _queue = new RecoveryQueue(_time, NullLogger.Instance);

    [Fact]
    public void AddForget_SameUserTwice_IsOneForget()
    {
        _queue.AddForget("u");
        _queue.AddForget("u");

        Assert.Equal("u", Assert.Single(_queue.Forgets()).UserId);
    }

    [Fact]
    public void Remove_ForgottenAgainInTheMeantime_StaysPending()
    {
        _queue.AddForget("u");
        var first = _queue.Forgets()[0];
        _queue.AddForget("u");

        _queue.Remove(first);

        Assert.True(_queue.IsForgetPending("u"));
    }

    [Fact]
    public void Remove_Confirmed_IsNoLongerPending()
    {
        _queue.AddForget("u");

        _queue.Remove(_queue.Forgets()[0]);

        Assert.False(_queue.IsForgetPending("u"));
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void AddForget_OneMoreThanItHolds_GivesUpTheOldestAndCountsIt()
    {
        for (var i = 0; i <= RecoveryQueue.Capacity; i++)
        {
            _queue.AddForget($"u{i}");
        }

        Assert.Equal((RecoveryQueue.Capacity, 1L), (_queue.Count, _queue.GivenUp));
        Assert.False(_queue.IsForgetPending("u0"));
        Assert.True(_queue.IsForgetPending("u1"));
    }

    [Fact]
    public void Forgets_OlderThanADay_AreGivenUpAndCounted()
    {
        _queue.AddForget("old");
        _time.Advance(RecoveryQueue.MaxAge);
        _queue.AddForget("new");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("new", Assert.Single(_queue.Forgets()).UserId);
        Assert.Equal(1, _queue.GivenUp);
    }

    [Fact]
    public void Postpone_TheFirst_MakesItTheLast()
    {
        _queue.AddForget("a");
        _queue.AddForget("b");

        _queue.Postpone(_queue.Forgets()[0]);

        Assert.Equal(["b", "a"], _queue.Forgets().Select(static forget => forget.UserId));
    }

    [Fact]
    public void RemoveDrop_DroppedAgainInTheMeantime_StaysPending()
    {
        var first = _queue.AddDrop("crm");
        var second = _queue.AddDrop("crm");

        _queue.RemoveDrop("crm", first);
        Assert.True(_queue.IsDropPending("crm"));
        _queue.RemoveDrop("crm", second);

        Assert.False(_queue.IsDropPending("crm"));
    }
}
