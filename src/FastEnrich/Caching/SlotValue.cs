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
    private bool _damaged;

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

    /// <summary>UTC ticks; the record in the second tier it came from ends here, whatever this instance's windows are.</summary>
    public long GoneAt => _details?.GoneAt ?? long.MaxValue;

    /// <summary>What <see cref="Coherence"/> goes by: when it was fetched or last confirmed by the second tier. Written under the lock of the entry.</summary>
    public long Confirmed { get; set; }

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

    private const int Overhead = 136; // the object itself, measured

    private int DecodedEstimate { get; init; }

    public static SlotValue Found(
        UserEnrichment enrichment,
        int estimatedBytes,
        int generation,
        Fingerprint fingerprint,
        long fetchedAt,
        long freshUntil,
        IReadOnlyDictionary<string, string>? identities,
        string? validator) =>
        new(SlotKind.Found, generation, SlotDetails.Of(fingerprint, identities, validator), fetchedAt, freshUntil)
        {
            _enrichment = enrichment,
            DecodedEstimate = estimatedBytes,
            Confidence = enrichment.Confidence,
            Ttl = enrichment.Ttl?.Ticks ?? 0,
        };

    /// <summary>A record's bytes as they are, with the times that it has: nothing begins anew by being read.</summary>
    public static SlotValue FromStore(StoredSlot record, int generation, IReadOnlyDictionary<string, string>? identities, long goneAt) =>
        new(SlotKind.Found, generation, SlotDetails.Of(record.Fingerprint, identities, record.Validator, goneAt), record.FetchedAt.UtcTicks, record.FreshUntil.UtcTicks)
        {
            _json = record.Payload.ToArray(),
            Confidence = record.Confidence,
            Ttl = record.Ttl.Ticks,
            Origin = ResultOrigin.L2,
        };

    public static SlotValue NotFound(
        int generation,
        Fingerprint fingerprint,
        long fetchedAt,
        long freshUntil,
        ResultOrigin origin = ResultOrigin.Upstream,
        long goneAt = long.MaxValue) =>
        new(SlotKind.NotFound, generation, SlotDetails.Of(fingerprint, null, null, goneAt), fetchedAt, freshUntil) { Origin = origin };

    public static SlotValue Failed(SlotFailure failure, SlotValue? older, int generation, Fingerprint fingerprint, long now, long retryAt) =>
        new(SlotKind.Failed, generation, new SlotDetails { Fingerprint = fingerprint, Failure = failure, Older = older }, now, retryAt);

    /// <summary>The same result, still valid by its upstream's word.</summary>
    public SlotValue Renewed(int generation, long fetchedAt, long freshUntil, long ttl)
    {
        var enrichment = Volatile.Read(ref _enrichment); // before the bytes: it goes away only after they are there
        var json = Volatile.Read(ref _json);
        if (ttl != Ttl)
        {
            json = EnrichmentJson.Encode((enrichment ?? Enrichment) with { Ttl = TimeSpan.FromTicks(ttl) }); // it is a part of the result
            enrichment = null;
        }

        return new(Kind, generation, SlotDetails.Of(Fingerprint, Identities, Validator), fetchedAt, freshUntil)
        {
            _json = json,
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
            var json = Volatile.Read(ref _json)!;
            return Origin == ResultOrigin.Upstream ? EnrichmentJson.Decode(json) : Decode(json);
        }
    }

    /// <summary>Gets whether the record it came from has turned out not to be an enrichment.</summary>
    public bool Damaged => Volatile.Read(ref _damaged);

    /// <summary>Decodes what came from the second tier, if nobody has, to find out whether it can be.</summary>
    public bool IsDamaged()
    {
        if (Origin == ResultOrigin.L2 && !Damaged)
        {
            _ = Enrichment;
        }

        return Damaged;
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

    /// <summary>A record that does not fit the model is an empty result to those who have it already, and a miss to everybody after them.</summary>
    private UserEnrichment Decode(byte[] json)
    {
        if (!Damaged)
        {
            try
            {
                var enrichment = EnrichmentJson.Decode(json);
                if (enrichment.Ttl is not null && enrichment.Confidence == Confidence && EnrichmentInspector.Validate(enrichment) is null)
                {
                    return enrichment;
                }
            }
            catch (Exception)
            {
                // Whatever is wrong with it, it is damaged.
            }
        }

        var empty = new UserEnrichment { Confidence = Confidence, Timestamp = new DateTimeOffset(FetchedAt, TimeSpan.Zero), Ttl = TimeSpan.FromTicks(Ttl) };
        Volatile.Write(ref _json, EnrichmentJson.Encode(empty));
        Volatile.Write(ref _damaged, true);
        return empty;
    }

    /// <summary>Keeps the bytes alone. False when there are none to be had: the plugin has changed, or disposed, what it once returned.</summary>
    public bool TryEncode()
    {
        if (_enrichment is not null)
        {
            try
            {
                _ = Json;
            }
            catch (Exception)
            {
                return false; // its lists and maps are the plugin's own code
            }

            Volatile.Write(ref _enrichment, null);
        }

        return Older?.TryEncode() ?? true;
    }
}
