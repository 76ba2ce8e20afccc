namespace FastEnrich.Testing;

/// <summary>A call of the real upstream, made only where an environment variable asks for it. Immutable.</summary>
public sealed record RealApiTest
{
    /// <summary>Gets the variable that must be set, as one that holds the credential; without it the test is skipped.</summary>
    public required string EnvironmentVariable { get; init; }

    /// <summary>Gets what makes the plugin's configuration from the variable's value.</summary>
    public required Func<string, IReadOnlyDictionary<string, string>> Configuration { get; init; }

    /// <summary>Gets who is asked for.</summary>
    public required EnrichmentRequest Request { get; init; }

    /// <summary>Gets what must hold of the result; <see langword="null"/> when any result will do.</summary>
    public Func<EnrichmentResult, bool>? Predicate { get; init; }
}
