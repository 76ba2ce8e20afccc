using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>Fake time that goes on only when somebody began to wait since it last did.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _waits;

    public void GoOn()
    {
        if (Interlocked.Exchange(ref _waits, 0) != 0)
        {
            Advance(TimeSpan.FromSeconds(1));
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waits);
        return timer;
    }
}
