namespace FastEnrich.Testing;

/// <summary>One call and what it must give. What is left out may be anything, but an unexpected failure fails the case. Immutable.</summary>
public sealed record TestCase
{
    /// <summary>Gets the case's name, unique in its suite.</summary>
    public required string Name { get; init; }

    /// <summary>Gets who is asked for.</summary>
    public required EnrichmentRequest Request { get; init; }

    /// <summary>
    /// Gets what answers instead of the mock server's routes during this case; <see langword="null"/>, or an answer of <see langword="null"/>, for the routes.
    /// </summary>
    public Func<MockRequest, MockResponse?>? Upstream { get; init; }

    /// <summary>Gets what must be in the result: each member that is set here must be equal there, lists as a whole; all others may be anything.</summary>
    public UserEnrichment? Expected { get; init; }

    /// <summary>Gets identities that the result must carry; others may be there too.</summary>
    public IReadOnlyDictionary<string, string>? ExpectedIdentities { get; init; }

    /// <summary>Gets the result's kind; <see cref="EnrichmentResultKind.None"/>, the default, for any.</summary>
    public EnrichmentResultKind ExpectedKind { get; init; }

    /// <summary>Gets the code that the call must fail with; <see langword="null"/> when it must not fail.</summary>
    public PluginErrorCode? ExpectedError { get; init; }

    /// <summary>Gets what else must hold of the result.</summary>
    public Func<EnrichmentResult, bool>? Predicate { get; init; }
}
