using FastEnrich.Resilience;

namespace FastEnrich.Health;

/// <summary>Everything that a verdict depends on; the default of each is the best.</summary>
internal readonly record struct HealthInputs()
{
    public ConnectionStanding Connection { get; init; }

    /// <summary>The last check; before the first one, no opinion.</summary>
    public HealthCheckOutcome Check { get; init; }

    public BreakerState Breaker { get; init; } = BreakerState.Closed;

    /// <summary>Whether no call returns any more.</summary>
    public bool AllHang { get; init; }

    /// <summary>Calls that did not return within their budget and still run.</summary>
    public int Hung { get; init; }

    /// <summary>Calls in the window that blocked their thread.</summary>
    public int Blocked { get; init; }

    /// <summary>Share of the calls in the window that failed; 0 while they are too few to tell.</summary>
    public double ErrorRate { get; init; }

    /// <summary>Whether a fetch failed within the last five minutes.</summary>
    public bool FailedLately { get; init; }

    /// <summary>Time of calls now as a multiple of what it used to be; 1 while that is not known.</summary>
    public double Slowness { get; init; } = 1;

    public TokenStanding Token { get; init; }

    /// <summary>Share of the scarcest quota that is left; 1 without one.</summary>
    public double QuotaLeft { get; init; } = 1;
}
