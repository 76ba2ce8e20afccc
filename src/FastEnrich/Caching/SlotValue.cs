namespace FastEnrich.Caching;

/// <summary>
/// What one plugin said of one user, with its times: a result, "not found", or a failure over an older result. Immutable but for the form of
/// its payload, which is UTF-8 JSON for everybody and decoded objects for hot users.
/// </summary>
internal sealed class SlotValue : SlotState
{
    private readonly SlotDetails? _details;
    private byte[]? _json;
    private UserEnrichment? _enrichment;

    private SlotValue(SlotKind kind, int generation, SlotDetails? details, long fetchedAt, long freshUntil)
    {
        Kind = kind;
        Generation = generation;
        _details = details;
        FetchedAt = fetchedAt;
        FreshUntil = freshUntil;
    }

    public SlotKind Kind { get; }

    public ResultOrigin Origin { get; private init; }

    /// <summary>The generation of the plugin that fetched it.</summary>
    public int Generation { get; }

    public Fingerprint Fingerprint => _details?.Fingerprint ?? default;

    /// <summary>UTC ticks.</summary>
    public long FetchedAt { get; }

    /// <summary>UTC ticks; both stale windows are counted from here. Of a failure: until when the plugin is not asked again.</summary>
    public long FreshUntil { get; }

    /// <summary>Whether the value is for the callers that waited for it and for nobody after them (a ttl of zero).</summary>
    public bool Ephemeral => FreshUntil <= FetchedAt && Kind != SlotKind.Failed;

    public double Confidence { get; private init; }

    /// <summary>For how long the result was said to be fresh, before jitter; ticks.</summary>
    public long Ttl { get; private init; }

    public IReadOnlyDictionary<string, string>? Identities => _details?.Identities;

    public string? Validator => _details?.Validator;

    public SlotFailure? Failure => _details?.Failure;

    /// <summary>Of a failure: the older result that may stand in.</summary>
    public SlotValue? Older => _details?.Older;

    public override SlotValue Held => this;

    /// <summary>The newest result or "not found", whatever failed since.</summary>
    public SlotValue? Answer => Kind == SlotKind.Failed ? Older : this;

    /// <summary>What the value counts for in the memory budget, in its present form.</summary>
    /// <remarks>A decoded value counts for its JSON too: it is written sooner or later, and the count must not move by itself.</remarks>
    public long Bytes => Overhead + (_enrichment is null ? _json?.Length ?? 0 : DecodedEstimate + (DecodedEstimate / 2)) + (Older?.Bytes ?? 0);

    /// <summary>The part of them that is decoded.</summary>
    public long DecodedBytes => (_enrichment is null ? 0L : DecodedEstimate) + (Older?.DecodedBytes ?? 0);

    /// <summary>What a snapshot adds that decodes this value, or merges what is decoded already.</summary>
    public long SnapshotBytes => _enrichment is null ? 3L * (_json?.Length ?? 0) : DecodedEstimate / 2;

    private const int Overhead = 128; // the object itself, measured

    private int DecodedEstimate { get; init; }

    public static SlotValue Found(UserEnrichment enrichment, int estimatedBytes, int generation, Fingerprint fingerprint, long fetchedAt, long freshUntil, IReadOnlyDictionary<string, string>? identities, string? validator) =>
        new(SlotKind.Found, generation, SlotDetails.Of(fingerprint, identities, validator), fetchedAt, freshUntil)
        {
            _enrichment = enrichment,
            DecodedEstimate = estimatedBytes,
            Confidence = enrichment.Confidence,
            Ttl = enrichment.Ttl?.Ticks ?? 0,
        };

    public static SlotValue FromStore(byte[] json, UserEnrichment enrichment, int generation, StoredSlot record, IReadOnlyDictionary<string, string>? identities) =>
        new(SlotKind.Found, generation, SlotDetails.Of(record.Fingerprint, identities, record.Validator), record.FetchedAt.UtcTicks, record.FreshUntil.UtcTicks)
        {
            _json = json,
            Confidence = enrichment.Confidence,
            Ttl = enrichment.Ttl?.Ticks ?? 0,
            Origin = ResultOrigin.L2,
        };

    public static SlotValue NotFound(int generation, Fingerprint fingerprint, long fetchedAt, long freshUntil, ResultOrigin origin = ResultOrigin.Upstream) =>
        new(SlotKind.NotFound, generation, SlotDetails.Of(fingerprint, null, null), fetchedAt, freshUntil) { Origin = origin };

    public static SlotValue Failed(SlotFailure failure, SlotValue? older, int generation, Fingerprint fingerprint, long now, long retryAt) =>
        new(SlotKind.Failed, generation, new SlotDetails { Fingerprint = fingerprint, Failure = failure, Older = older }, now, retryAt);

    /// <summary>The same result, still valid by its upstream's word.</summary>
    public SlotValue Renewed(int generation, long fetchedAt, long freshUntil, long ttl)
    {
        var enrichment = Volatile.Read(ref _enrichment); // before the bytes: it goes away only after they are there
        return new(Kind, generation, _details, fetchedAt, freshUntil)
        {
            _json = Volatile.Read(ref _json),
            _enrichment = enrichment,
            DecodedEstimate = DecodedEstimate,
            Confidence = Confidence,
            Ttl = ttl,
        };
    }

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
            // The objects go away only after the bytes are there.
            var enrichment = Volatile.Read(ref _enrichment);
            if (Volatile.Read(ref _json) is { } json)
            {
                return json;
            }

            json = EnrichmentJson.Encode(enrichment!);
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
