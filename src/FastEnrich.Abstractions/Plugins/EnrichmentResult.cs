namespace FastEnrich;

/// <summary>What a plugin returned for one user. Failures are <see cref="PluginException"/>s.</summary>
public readonly struct EnrichmentResult
{
    private EnrichmentResult(EnrichmentResultKind kind, UserEnrichment? enrichment, IReadOnlyDictionary<string, string>? identities, string? validator, TimeSpan? ttl)
    {
        Kind = kind;
        Enrichment = enrichment;
        Identities = identities;
        Validator = validator;
        Ttl = ttl;
    }

    /// <summary>Gets what the upstream said.</summary>
    public EnrichmentResultKind Kind { get; }

    /// <summary>Gets the enrichment when <see cref="Kind"/> is <see cref="EnrichmentResultKind.Found"/>.</summary>
    public UserEnrichment? Enrichment { get; }

    /// <summary>Gets the identities that the upstream knows of the user, for plugins that need them.</summary>
    public IReadOnlyDictionary<string, string>? Identities { get; }

    /// <summary>Gets the upstream's validator, such as an ETag, for a later conditional request.</summary>
    public string? Validator { get; }

    /// <summary>Gets how long a <see cref="NotFound"/> or <see cref="NotModified"/> holds; <see langword="null"/> for the configured time.</summary>
    public TimeSpan? Ttl { get; }

    /// <summary>The upstream knows the user.</summary>
    /// <param name="enrichment">What it knows. Do not change anything it refers to afterwards.</param>
    /// <param name="identities">Identities of the user, by the names that <see cref="ProvidesAttribute"/> declares.</param>
    /// <param name="validator">A validator for a later conditional request.</param>
    /// <returns>The result.</returns>
    public static EnrichmentResult Found(UserEnrichment enrichment, IReadOnlyDictionary<string, string>? identities = null, string? validator = null)
    {
        ArgumentNullException.ThrowIfNull(enrichment);
        return new(EnrichmentResultKind.Found, enrichment, identities, validator, null);
    }

    /// <summary>The upstream does not know the user; the answer replaces an older value.</summary>
    /// <param name="ttl">How long this holds, 0 to 30 days; the default is the configured <c>negative_ttl</c>.</param>
    /// <returns>The result.</returns>
    public static EnrichmentResult NotFound(TimeSpan? ttl = null) => new(EnrichmentResultKind.NotFound, null, null, null, ttl);

    /// <summary>The previous result still holds; an <see cref="PluginErrorCode.InvalidResponse"/> when there was none.</summary>
    /// <param name="ttl">For how long, 0 to 30 days; the default is the previous result's own ttl.</param>
    /// <returns>The result.</returns>
    public static EnrichmentResult NotModified(TimeSpan? ttl = null) => new(EnrichmentResultKind.NotModified, null, null, null, ttl);
}
