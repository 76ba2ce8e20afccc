using System.Diagnostics;
using Microsoft.Extensions.Internal;

namespace FastEnrich.Pipeline;

/// <summary>
/// The engine's time. With the system's clock one thread moves a coarse clock, scans the lanes and ends waits; with any other
/// <see cref="TimeProvider"/> the clock is read directly and one of its timers does the rest, so tests are exact.
/// </summary>
internal sealed class EngineClock : ISystemClock, IDisposable
{
    /// <summary>How far the coarse clock may lag. A thread that sleeps so long costs under one percent of a core; a Timer of 5 ms costs eleven.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private static readonly long s_resync = TimeSpan.TicksPerSecond;

    private readonly TimeProvider? _direct;
    private readonly DeadlineWheel _deadlines = new();
    private readonly Lock _gate = new();
    private readonly AutoResetEvent? _signal;
    private readonly ITimer? _timer;
    private IClockListener[] _listeners = [];
    private long _utc;
    private long _mono;
    private long _offset;
    private long _nextTick;
    private long _plannedWake;
    private volatile bool _stopped;

    public EngineClock(TimeProvider timeProvider)
    {
        TimeProvider = timeProvider;
        if (!ReferenceEquals(timeProvider, TimeProvider.System))
        {
            _direct = timeProvider;
            _plannedWake = long.MaxValue;
            _timer = timeProvider.CreateTimer(static clock => ((EngineClock)clock!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        _offset = timeProvider.GetUtcNow().UtcTicks - Mono;
        _utc = Mono + _offset;
        _mono = Mono + Tick.Ticks;
        _signal = new AutoResetEvent(false);
        new Thread(Run) { IsBackground = true, Name = "FastEnrich clock" }.Start();
    }

    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the time for freshness, in UTC ticks; up to one <see cref="Tick"/> old.</summary>
    public long UtcTicks => _direct is null ? Volatile.Read(ref _utc) : _direct.GetUtcNow().UtcTicks;

    /// <summary>Gets the monotonic time for budgets and deadlines, in ticks of 100 ns.</summary>
    public long Mono => _direct is null
        ? Stopwatch.GetTimestamp() / (Stopwatch.Frequency / TimeSpan.TicksPerSecond)
        : (long)((Int128)_direct.GetTimestamp() * TimeSpan.TicksPerSecond / _direct.TimestampFrequency);

    /// <summary>Gets the monotonic time, up to one <see cref="Tick"/> ahead, so that no budget ends early: for budgets of seconds, at a tenth of the price.</summary>
    public long CoarseMono => _direct is null ? Volatile.Read(ref _mono) : Mono;

    DateTimeOffset ISystemClock.UtcNow => new(UtcTicks, TimeSpan.Zero);

    public void Subscribe(IClockListener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    public void Unsubscribe(IClockListener listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(known => !ReferenceEquals(known, listener))];
        }
    }

    /// <summary>Has the node expire at its deadline, unless it is removed before.</summary>
    public void Add(DeadlineNode node)
    {
        _deadlines.Add(node);
        WakeAt(node.Due);
    }

    public void Remove(DeadlineNode node) => _deadlines.Remove(node);

    /// <summary>Makes sure that listeners are called at this monotonic time or, with the system's clock, at most one tick after it.</summary>
    public void Require(long mono)
    {
        if (_direct is not null)
        {
            WakeAt(mono);
        }
    }

    /// <summary>Makes sure that the thread or timer runs at this monotonic time.</summary>
    public void WakeAt(long mono)
    {
        if (mono >= Volatile.Read(ref _plannedWake))
        {
            return;
        }

        if (_signal is not null)
        {
            _signal.Set();
            return;
        }

        lock (_gate)
        {
            if (mono < _plannedWake)
            {
                Schedule(mono);
            }
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _timer?.Dispose();
        _signal?.Set();
    }

    private void Run()
    {
        while (!_stopped)
        {
            var now = Mono;
            Volatile.Write(ref _mono, now + Tick.Ticks);
            if (now >= _nextTick)
            {
                _nextTick = now + Tick.Ticks;
                MoveUtc(now);
                Notify(now);
            }

            ExpireDue(now);
            var wake = Math.Min(_nextTick, _deadlines.NextDue(_nextTick));
            Volatile.Write(ref _plannedWake, wake);

            // A deadline added between the look and the write is seen by this second look.
            wake = Math.Min(wake, _deadlines.NextDue(_nextTick));
            var left = wake - Mono;
            if (left > 0)
            {
                _signal!.WaitOne((int)((left + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond));
            }
        }
    }

    private void MoveUtc(long now)
    {
        // The wall clock may jump forward (suspend, NTP); results must not then live longer than promised. It never moves us back.
        var ahead = TimeProvider.GetUtcNow().UtcTicks - (now + _offset);
        if (ahead > s_resync)
        {
            _offset += ahead;
        }

        Volatile.Write(ref _utc, now + _offset);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _plannedWake = long.MaxValue;
        }

        var now = Mono;
        ExpireDue(now);
        var next = Math.Min(Notify(now), _deadlines.NextDue(long.MaxValue));
        if (next != long.MaxValue)
        {
            WakeAt(next);
        }
    }

    private void Schedule(long mono)
    {
        if (_stopped)
        {
            return;
        }

        _plannedWake = mono;
        _timer!.Change(TimeSpan.FromTicks(Math.Max(0, mono - Mono)), Timeout.InfiniteTimeSpan);
    }

    private long Notify(long now)
    {
        var next = long.MaxValue;
        foreach (var listener in _listeners)
        {
            next = Math.Min(next, listener.OnTick(now));
        }

        return next;
    }

    private void ExpireDue(long now)
    {
        while (_deadlines.PopDue(now, out var node, out var version))
        {
            node.Expire(version);
        }
    }
}
