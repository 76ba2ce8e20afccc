namespace FastEnrich.Testing;

/// <summary>What a plugin's author expects of the plugin. Immutable.</summary>
public sealed record TestSuite
{
    /// <summary>Gets the suite's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets single calls with what they must give.</summary>
    public IReadOnlyList<TestCase> Cases { get; init; } = [];

    /// <summary>Gets loads with their limits.</summary>
    public IReadOnlyList<PerformanceTest> Performance { get; init; } = [];

    /// <summary>Gets tests of configuration, error handling, health and the real upstream.</summary>
    public IReadOnlyList<IntegrationTest> Integration { get; init; } = [];
}
