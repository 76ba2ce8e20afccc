namespace FastEnrich.Health;

/// <summary>
/// Turns verdicts into a state that does not flap: facts make it worse at once, everything else has to be seen several times in a row, and getting better always
/// has. Not thread-safe.
/// </summary>
internal sealed class HealthTrend(int confirmations)
{
    private HealthState _nearest;
    private int _direction;
    private int _seen;

    public HealthState State { get; private set; } = HealthState.Unknown;

    /// <summary>Gets or sets how many in a row change the state.</summary>
    public int Confirmations { get; set; } = confirmations;

    /// <summary>Takes a verdict; <see langword="true"/> when the state changed.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="counts">Whether it counts as one more in a row; a mere look does not.</param>
    public bool Observe(in HealthVerdict verdict, bool counts)
    {
        if (State == HealthState.Unknown && verdict.State != HealthState.Unknown)
        {
            return Become(verdict.State); // no state yet that a single look could make flap
        }

        if (HealthRules.Severity(verdict.AtOnce) > HealthRules.Severity(State))
        {
            return Become(verdict.AtOnce);
        }

        var direction = HealthRules.Severity(verdict.State).CompareTo(HealthRules.Severity(State));
        if (direction == 0)
        {
            _seen = counts ? 0 : _seen;
            return false;
        }

        if (!counts)
        {
            return false;
        }

        var fresh = _seen == 0 || direction != _direction;
        _seen = fresh ? 1 : _seen + 1;
        _direction = direction;

        // Of several states on the same side the nearest: the others were not seen each time.
        _nearest = fresh || HealthRules.Severity(verdict.State).CompareTo(HealthRules.Severity(_nearest)) == -direction ? verdict.State : _nearest;
        return _seen >= Confirmations && Become(_nearest);
    }

    private bool Become(HealthState state)
    {
        State = state;
        _seen = 0;
        return true;
    }
}
