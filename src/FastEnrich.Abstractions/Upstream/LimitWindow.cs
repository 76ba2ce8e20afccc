namespace FastEnrich;

/// <summary>One limit of an upstream: so many calls until a time. Guarded by the lock of its owner.</summary>
internal sealed class LimitWindow
{
    private const int SpreadBelow = 10; // a tenth

    private long _limit;
    private long _remaining;
    private DateTimeOffset _nextTurn;

    public LimitWindow(long limit, long remaining, DateTimeOffset resetAt) => Update(limit, remaining, resetAt);

    public DateTimeOffset ResetAt { get; private set; }

    /// <summary>Gets the share of the calls that is left.</summary>
    public double Left => (double)Math.Max(0, _remaining) / _limit;

    public void Update(long limit, long remaining, DateTimeOffset resetAt) =>
        (_limit, _remaining, ResetAt) = (limit, Math.Clamp(remaining, 0, limit), resetAt);

    /// <summary>Returns when the next call may go: now, its turn among the few that are left, or after the reset.</summary>
    public DateTimeOffset TurnAt(DateTimeOffset now)
    {
        if (now >= ResetAt)
        {
            return now; // a new window, of which nothing is known yet
        }

        if (_remaining <= 0)
        {
            return ResetAt;
        }

        return IsScarce && _nextTurn > now ? (_nextTurn < ResetAt ? _nextTurn : ResetAt) : now;
    }

    /// <summary>Counts a call that goes at a time: answers come later than the next calls.</summary>
    public void Take(DateTimeOffset at)
    {
        if (at >= ResetAt)
        {
            return;
        }

        if (IsScarce)
        {
            _nextTurn = at + ((ResetAt - at) / _remaining);
        }

        _remaining--;
    }

    private bool IsScarce => _remaining > 0 && _remaining <= _limit / SpreadBelow;
}
