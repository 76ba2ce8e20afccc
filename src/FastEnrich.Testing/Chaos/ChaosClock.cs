namespace FastEnrich.Testing;

/// <summary>
/// A clock that is wrong on purpose: it shows another time of day than the clock behind it. Elapsed time and timers are right, as on a machine whose
/// wall clock was set. Thread-safe.
/// </summary>
/// <param name="inner">The clock behind it.</param>
public sealed class ChaosClock(TimeProvider inner) : TimeProvider
{
    private long _skew;

    /// <summary>Gets or sets by how much the clock is ahead; negative when it is behind.</summary>
    public TimeSpan Skew
    {
        get => new(Interlocked.Read(ref _skew));
        set => Interlocked.Exchange(ref _skew, value.Ticks);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => inner.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
