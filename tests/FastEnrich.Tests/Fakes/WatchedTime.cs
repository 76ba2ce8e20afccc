using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Tests.Fakes;

/// <summary>Fake time that tells which delays were asked for, so that a test moves it only when somebody waits.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>The budget of connecting in tests; no other delay is as long.</summary>
    public static readonly TimeSpan ConnectBudget = TimeSpan.FromSeconds(9);

    private readonly List<TimeSpan> _delays = [];

    /// <summary>Every finite delay so far, in the order of their beginnings, but for the budgets of connecting.</summary>
    public TimeSpan[] Delays
    {
        get
        {
            lock (_delays)
            {
                return [.. _delays];
            }
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime != ConnectBudget)
        {
            lock (_delays)
            {
                _delays.Add(dueTime);
            }
        }

        return timer;
    }

    /// <summary>Waits until somebody began the n-th delay, counted from 1, and returns it.</summary>
    public async Task<TimeSpan> Delay(int number)
    {
        await Eventually.True(() => Delays.Length >= number);
        return Delays[number - 1];
    }
}
