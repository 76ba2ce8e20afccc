namespace FastEnrich.Testing;

/// <summary>A load and its limits; each limit that is set is a verdict of its own. Immutable.</summary>
public sealed record PerformanceTest
{
    /// <summary>Gets the test's name, unique in its suite.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how many users call at once, each without a pause.</summary>
    /// <value>At least 1. The default is 10.</value>
    public int ConcurrentUsers { get; init; } = 10;

    /// <summary>Gets how long calls are begun.</summary>
    /// <value>More than zero. The default is 5 seconds.</value>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a call may take, at <see cref="LatencyPercentile"/>; <see langword="null"/> for any time.</summary>
    public TimeSpan? MaxLatency { get; init; }

    /// <summary>Gets which share of the calls must keep to <see cref="MaxLatency"/>.</summary>
    /// <value>From 0 to 1. The default is 0.99; 1 means all of them.</value>
    public double LatencyPercentile { get; init; } = 0.99;

    /// <summary>
    /// Gets how many bytes the process may hold after the load beyond what it held before it, both after a full collection; <see langword="null"/> for any
    /// number.
    /// </summary>
    public long? MaxMemory { get; init; }

    /// <summary>Gets how many calls a second there must be; <see langword="null"/> for any number.</summary>
    public double? MinThroughput { get; init; }

    /// <summary>Gets the share of calls that may fail.</summary>
    /// <value>From 0 to 1. The default is 0.</value>
    public double MaxErrorRate { get; init; }

    /// <summary>Gets the users that are asked for in turn; those of the tester when <see langword="null"/>.</summary>
    public IReadOnlyList<EnrichmentRequest>? Users { get; init; }
}
