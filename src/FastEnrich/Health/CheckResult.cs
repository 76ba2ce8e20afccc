namespace FastEnrich.Health;

/// <summary>How one check ended, and what the plugin said of it.</summary>
internal sealed record CheckResult(HealthCheckOutcome Outcome, string? Message = null)
{
    public static CheckResult Passed { get; } = new(HealthCheckOutcome.Passed);

    public static CheckResult NoOpinion { get; } = new(HealthCheckOutcome.NoOpinion);

    public static CheckResult Refused { get; } = new(HealthCheckOutcome.Failed, "The plugin says that it is not healthy.");

    public static CheckResult TimedOut { get; } = new(HealthCheckOutcome.TimedOut, "The check did not end in time.");

    public bool HasFailed => Outcome is HealthCheckOutcome.Failed or HealthCheckOutcome.TimedOut;
}
