namespace FastEnrich;

/// <summary>The last result of a plugin for a user. Immutable.</summary>
public sealed class PreviousResult
{
    private readonly Func<UserEnrichment> _load;

    /// <summary>Initializes a previous result, as for tests of a plugin; in a running engine it is the engine that hands one out.</summary>
    /// <param name="enrichment">What the plugin returned.</param>
    /// <param name="validator">The validator that came with it, such as an ETag; <see langword="null"/> for none.</param>
    /// <param name="fetchedAt">When it was fetched.</param>
    public PreviousResult(UserEnrichment enrichment, string? validator, DateTimeOffset fetchedAt)
        : this(() => enrichment, validator, fetchedAt)
    {
        ArgumentNullException.ThrowIfNull(enrichment);
    }

    internal PreviousResult(Func<UserEnrichment> load, string? validator, DateTimeOffset fetchedAt)
    {
        _load = load;
        Validator = validator;
        FetchedAt = fetchedAt;
    }

    /// <summary>Gets the enrichment.</summary>
    public UserEnrichment Enrichment => _load();

    /// <summary>Gets the upstream's validator, such as an ETag.</summary>
    public string? Validator { get; }

    /// <summary>Gets when the result was fetched.</summary>
    public DateTimeOffset FetchedAt { get; }
}
