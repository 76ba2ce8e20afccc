namespace FastEnrich;

/// <summary>The last result of a plugin for a user.</summary>
public sealed class PreviousResult
{
    private readonly Func<UserEnrichment> _load;

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
