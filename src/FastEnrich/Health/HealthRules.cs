using FastEnrich.Resilience;

namespace FastEnrich.Health;

/// <summary>The rules by which a plugin is healthy or not: a table, and one pure function over it. The page docs/health.md shows the same table.</summary>
internal static class HealthRules
{
    /// <summary>Fewer calls than these say nothing of a rate.</summary>
    public const int MinimumSamples = 10;

    public const double ManyErrors = 0.5; // the share at which the breaker opens too
    public const double SomeErrors = 0.1;
    public const double Slow = 3;
    public const double QuotaLow = 0.1;

    public static HealthRule[] Table { get; } =
    [
        new(HealthReason.Connecting, HealthState.Unknown, true, static inputs => inputs.Connection == ConnectionStanding.Connecting),
        new(HealthReason.NotConnected, HealthState.Unhealthy, true, static inputs => inputs.Connection == ConnectionStanding.Failed),
        new(HealthReason.CheckFailed, HealthState.Unhealthy, false, static inputs => inputs.Check == HealthCheckOutcome.Failed),
        new(HealthReason.CheckTimedOut, HealthState.Unhealthy, false, static inputs => inputs.Check == HealthCheckOutcome.TimedOut),
        new(HealthReason.BreakerOpen, HealthState.Unhealthy, true, static inputs => inputs.Breaker == BreakerState.Open),
        new(HealthReason.BreakerHalfOpen, HealthState.Degraded, true, static inputs => inputs.Breaker == BreakerState.HalfOpen),
        new(HealthReason.AllCallsHang, HealthState.Unhealthy, true, static inputs => inputs.AllHang),
        new(HealthReason.CallsHang, HealthState.Degraded, false, static inputs => inputs.Hung > 0 && !inputs.AllHang),
        new(HealthReason.CallsBlock, HealthState.Degraded, false, static inputs => inputs.Blocked > 0),
        new(HealthReason.ManyErrors, HealthState.Unhealthy, false, static inputs => inputs.ErrorRate >= ManyErrors),
        new(HealthReason.SomeErrors, HealthState.Degraded, false, static inputs => inputs.ErrorRate is >= SomeErrors and < ManyErrors),
        new(HealthReason.RecentError, HealthState.Degraded, false, static inputs => inputs.FailedLately && inputs.Check != HealthCheckOutcome.Passed),
        new(HealthReason.Slow, HealthState.Degraded, false, static inputs => inputs.Slowness >= Slow),
        new(HealthReason.TokenExpired, HealthState.Unhealthy, true, static inputs => inputs.Token == TokenStanding.Expired),
        new(HealthReason.TokenExpiring, HealthState.Degraded, false, static inputs => inputs.Token == TokenStanding.Expiring),
        new(HealthReason.QuotaSpent, HealthState.Degraded, false, static inputs => inputs.QuotaLeft <= 0), // a limit is no illness: what fails of it counts as an error
        new(HealthReason.QuotaLow, HealthState.Degraded, false, static inputs => inputs.QuotaLeft is > 0 and <= QuotaLow),
    ];

    public static HealthVerdict Judge(in HealthInputs inputs)
    {
        List<HealthReason>? reasons = null;
        var (state, atOnce) = (HealthState.Healthy, HealthState.Healthy);
        foreach (var rule in Table)
        {
            if (rule.Applies(inputs))
            {
                (reasons ??= []).Add(rule.Reason);
                state = Worse(state, rule.State);
                atOnce = rule.IsFact ? Worse(atOnce, rule.State) : atOnce;
            }
        }

        return new(state, atOnce, reasons ?? (IReadOnlyList<HealthReason>)[]);
    }

    /// <summary>Orders states: not to know is better than to know something bad.</summary>
    public static int Severity(HealthState state) => state switch
    {
        HealthState.Healthy => 0,
        HealthState.Unknown => 1,
        HealthState.Degraded => 2,
        _ => 3,
    };

    private static HealthState Worse(HealthState one, HealthState other) => Severity(one) >= Severity(other) ? one : other;
}
