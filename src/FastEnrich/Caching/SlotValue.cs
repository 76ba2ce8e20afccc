namespace FastEnrich.Caching;

/// <summary>
/// What one plugin said of one user, with its times: a result, "not found", or a failure over an older result. Immutable but for the form of
/// its payload, which is UTF-8 JSON for everybody and decoded objects for hot users.
/// </summary>
internal sealed class SlotValue : SlotState
{
    private byte[]? _json;
    private UserEnrichment? _enrichment;

    private SlotValue(SlotKind kind, int generation, Fingerprint fingerprint, long fetchedAt, long freshUntil)
    {
        Kind = kind;
        Generation = generation;
        Fingerprint = fingerprint;
        FetchedAt = fetchedAt;
        FreshUntil = freshUntil;
    }

    public SlotKind Kind { get; }

    public ResultOrigin Origin { get; private init; }

    /// <summary>The generation of the plugin that fetched it.</summary>
    public int Generation { get; }

    public Fingerprint Fingerprint { get; }

    /// <summary>UTC ticks.</summary>
    public long FetchedAt { get; }

    /// <summary>UTC ticks; both stale windows are counted from here. Of a failure: until when the plugin is not asked again.</summary>
    public long FreshUntil { get; }

    /// <summary>Whether the value is for the callers that waited for it and for nobody after them (a ttl of zero).</summary>
    public bool Ephemeral => FreshUntil <= FetchedAt && Kind != SlotKind.Failed;

    public double Confidence { get; private init; }

    public IReadOnlyDictionary<string, string>? Identities { get; private init; }

    public string? Validator { get; private init; }

    public SlotFailure? Failure { get; private init; }

    /// <summary>Of a failure: the older result that may stand in.</summary>
    public SlotValue? Older { get; private init; }

    public override SlotValue Held => this;

    /// <summary>The newest result or "not found", whatever failed since.</summary>
    public SlotValue? Answer => Kind == SlotKind.Failed ? Older : this;

    /// <summary>What the value counts for in the memory budget, in its present form.</summary>
    public int Bytes => Overhead + (_json?.Length ?? 0) + DecodedBytes + (Older?.Bytes ?? 0);

    /// <summary>How many of them go away when the value is encoded.</summary>
    public int DecodedBytes => _enrichment is null ? 0 : DecodedEstimate;

    private const int Overhead = 128; // the object itself, measured

    private int DecodedEstimate { get; init; }

    public static SlotValue Found(UserEnrichment enrichment, int estimatedBytes, int generation, Fingerprint fingerprint, long fetchedAt, long freshUntil, IReadOnlyDictionary<string, string>? identities, string? validator) =>
        new(SlotKind.Found, generation, fingerprint, fetchedAt, freshUntil)
        {
            _enrichment = enrichment,
            DecodedEstimate = estimatedBytes,
            Confidence = enrichment.Confidence,
            Identities = identities,
            Validator = validator,
        };

    public static SlotValue FromStore(byte[] json, UserEnrichment enrichment, int generation, StoredSlot record) =>
        new(SlotKind.Found, generation, record.Fingerprint, record.FetchedAt.UtcTicks, record.FreshUntil.UtcTicks)
        {
            _json = json,
            Confidence = enrichment.Confidence,
            Identities = record.Identities,
            Validator = record.Validator,
            Origin = ResultOrigin.L2,
        };

    public static SlotValue NotFound(int generation, Fingerprint fingerprint, long fetchedAt, long freshUntil, ResultOrigin origin = ResultOrigin.Upstream) =>
        new(SlotKind.NotFound, generation, fingerprint, fetchedAt, freshUntil) { Origin = origin };

    public static SlotValue Failed(SlotFailure failure, SlotValue? older, int generation, Fingerprint fingerprint, long now, long retryAt) =>
        new(SlotKind.Failed, generation, fingerprint, now, retryAt) { Failure = failure, Older = older };

    /// <summary>The same result, still valid by its upstream's word.</summary>
    public SlotValue Renewed(int generation, long fetchedAt, long freshUntil) =>
        new(Kind, generation, Fingerprint, fetchedAt, freshUntil)
        {
            _json = _json,
            _enrichment = _enrichment,
            DecodedEstimate = DecodedEstimate,
            Confidence = Confidence,
            Identities = Identities,
            Validator = Validator,
        };

    public UserEnrichment Enrichment
    {
        get
        {
            if (Volatile.Read(ref _enrichment) is { } decoded)
            {
                return decoded;
            }

            // Not kept here: the snapshot keeps it, and drops it when its user is no longer hot.
            return EnrichmentJson.Decode(Volatile.Read(ref _json)!);
        }
    }

    public byte[] Json
    {
        get
        {
            if (Volatile.Read(ref _json) is { } json)
            {
                return json;
            }

            json = EnrichmentJson.Encode(_enrichment!);
            return Interlocked.CompareExchange(ref _json, json, null) ?? json;
        }
    }

    /// <summary>Keeps the bytes alone.</summary>
    public void Encode()
    {
        Older?.Encode();
        if (_enrichment is not null)
        {
            _ = Json;
            Volatile.Write(ref _enrichment, null);
        }
    }
}
