namespace FastEnrich.Caching;

/// <summary>One plugin's record in the second tier.</summary>
internal sealed record StoredSlot
{
    private readonly long _fetchedAt;
    private readonly long _freshUntil;
    private readonly long _goneAt;

    public required string Plugin { get; init; }

    /// <summary>The UTF-8 JSON of the enrichment; empty for "not found".</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    public bool Found => !Payload.IsEmpty;

    /// <summary>Of a found record: the confidence, so that the payload is decoded only when somebody needs it.</summary>
    public double Confidence { get; init; }

    /// <summary>Of a found record: for how long the result was said to be fresh, before jitter.</summary>
    public TimeSpan Ttl { get; init; }

    public required DateTimeOffset FetchedAt
    {
        get => new(_fetchedAt, TimeSpan.Zero);
        init => _fetchedAt = value.UtcTicks;
    }

    public required DateTimeOffset FreshUntil
    {
        get => new(_freshUntil, TimeSpan.Zero);
        init => _freshUntil = value.UtcTicks;
    }

    /// <summary>When the record may no longer be served at all: the end of the longer stale window.</summary>
    public required DateTimeOffset GoneAt
    {
        get => new(_goneAt, TimeSpan.Zero);
        init => _goneAt = value.UtcTicks;
    }

    public Fingerprint Fingerprint { get; init; }

    /// <summary>What the mapping depended on: plugin version and configuration. Another one makes the record a miss.</summary>
    public required string DataVersion { get; init; }

    public IReadOnlyDictionary<string, string>? Identities { get; init; }

    public string? Validator { get; init; }
}
