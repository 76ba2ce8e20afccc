namespace FastEnrich.Simulators;

/// <summary>How a simulator behaves, whatever its system. Immutable.</summary>
public abstract record UpstreamSimulatorOptions
{
    private protected UpstreamSimulatorOptions()
    {
    }

    /// <summary>Gets the users that it knows most of.</summary>
    /// <value>The default has a thousand.</value>
    public SimulatedPopulation Population { get; init; } = new(seed: 1, count: 1000);

    /// <summary>Gets the loopback port that it listens on.</summary>
    /// <value>From 0 to 65,535; 0, the default, takes a free one.</value>
    public int Port { get; init; }

    /// <summary>Gets how long an answer takes.</summary>
    /// <value>Zero or more. The default is zero.</value>
    public TimeSpan Latency { get; init; }

    /// <summary>Gets the share of requests that fail with a 500, a 503 or the vendor's rate limit, drawn from the population's seed.</summary>
    /// <value>From 0 to 1. The default is 0.</value>
    public double FaultRate { get; init; }

    /// <summary>Gets the clock of latency, limits and tokens. The users' dates do not follow it.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
