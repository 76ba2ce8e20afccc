namespace FastEnrich.Simulators;

/// <summary>How the HubSpot simulator behaves. Immutable.</summary>
public sealed record HubSpotSimulatorOptions
{
    /// <summary>Gets the users that it knows most of.</summary>
    public SimulatedPopulation Population { get; init; } = new(seed: 1, count: 1000);

    /// <summary>Gets the only token that it accepts.</summary>
    /// <value>The default looks like a private app's, and is no secret.</value>
    public string Token { get; init; } = "pat-simulated-00000000-0000-0000-0000-000000000000";

    /// <summary>Gets how long an answer takes.</summary>
    /// <value>Zero or more. The default is zero.</value>
    public TimeSpan Latency { get; init; }

    /// <summary>Gets the share of requests that fail with a 500, 503 or 429, drawn from the population's seed.</summary>
    /// <value>From 0 to 1. The default is 0.</value>
    public double FaultRate { get; init; }

    /// <summary>Gets how many requests it takes in 10 seconds.</summary>
    /// <value>At least 1. The default is 100,000; HubSpot's own limits are 100 to 190.</value>
    public int RequestsPerTenSeconds { get; init; } = 100_000;

    /// <summary>Gets how many requests it takes in a day.</summary>
    /// <value>At least 1. The default is 1,000,000,000; HubSpot's own limits are 250,000 to 1,000,000.</value>
    public int RequestsPerDay { get; init; } = 1_000_000_000;

    /// <summary>Gets the clock of latency and rate limits. The users' dates do not follow it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
