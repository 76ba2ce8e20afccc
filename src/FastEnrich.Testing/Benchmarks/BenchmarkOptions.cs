namespace FastEnrich.Testing;

/// <summary>How a plugin's speed is measured. Immutable.</summary>
public sealed record BenchmarkOptions
{
    /// <summary>Gets how many calls are measured.</summary>
    /// <value>At least 1. The default is 1,000.</value>
    public int Iterations { get; init; } = 1_000;

    /// <summary>Gets how many calls come before, unmeasured: connections, tokens and compiled code are there then.</summary>
    /// <value>Zero or more. The default is 100.</value>
    public int WarmUp { get; init; } = 100;

    /// <summary>Gets how many calls run at once.</summary>
    /// <value>At least 1. The default is 1.</value>
    public int Concurrency { get; init; } = 1;

    /// <summary>Gets the users that are asked for in turn; those of the tester when <see langword="null"/>.</summary>
    public IReadOnlyList<EnrichmentRequest>? Users { get; init; }
}
