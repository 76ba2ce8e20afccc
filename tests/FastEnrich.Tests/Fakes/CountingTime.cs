namespace FastEnrich.Tests.Fakes;

/// <summary>
/// The system's time, which counts its timers: whoever waits for it, a loop, a budget, a clock, holds one until it ends. What is never ended stays counted.
/// </summary>
internal sealed class CountingTime : TimeProvider
{
    private int _timers;

    /// <summary>Gets how many timers there are now.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Timer(CountingTime time, ITimer timer) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            End();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            End();
            return timer.DisposeAsync();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref time._timers);
            }
        }
    }
}
