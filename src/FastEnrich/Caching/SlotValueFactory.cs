using FastEnrich.Configuration;
using FastEnrich.Plugins;
using FastEnrich.Resilience;

namespace FastEnrich.Caching;

/// <summary>Makes slot values from what plugins and the second tier bring, refusing what breaks the contract.</summary>
internal static class SlotValueFactory
{
    /// <summary>An upstream that asks for more patience than this is asked again anyway.</summary>
    private static readonly long s_maxRetryAfter = TimeSpan.FromMinutes(5).Ticks;

    /// <summary>Clocks of instances may differ by this much; a record from further in the future is damaged.</summary>
    private static readonly long s_maxClockSkew = TimeSpan.FromMinutes(1).Ticks;

    /// <summary>A record's life begins when its call ended.</summary>
    private static readonly long s_longestCall = OptionRanges.MaxWait.Ticks;

    public static SlotValue Create(Fetch fetch, in AttemptOutcome outcome, Coherence coherence, long now, double jitter)
    {
        try
        {
            return Of(fetch, outcome, coherence, now, jitter);
        }
        catch (Exception)
        {
            return Fail(fetch, Invalid("The plugin's result could not be read."), coherence, now); // its lists and maps are the plugin's own code
        }
    }

    private static SlotValue Of(Fetch fetch, in AttemptOutcome outcome, Coherence coherence, long now, double jitter)
    {
        if (outcome.Failure is { } failure)
        {
            return Fail(fetch, failure, coherence, now);
        }

        // Of two results the one whose call began later is the newer, however long either took; fresh it is from its answer on.
        var fetchedAt = Math.Min(fetch.CalledAt, now);
        var policy = fetch.Plugin.Policy;
        var fingerprint = fetch.Fingerprint ?? default;
        switch (outcome.Result.Kind)
        {
            case EnrichmentResultKind.NotFound:
                return SlotValue.NotFound(fetch.Generation, fingerprint, fetchedAt, FreshUntil(fetchedAt, now, outcome.Result.Ttl?.Ticks ?? policy.NegativeTtl, jitter));

            case EnrichmentResultKind.NotModified when fetch.Held?.Answer is { Kind: SlotKind.Found } previous && !previous.IsDamaged():
                var renewal = Math.Clamp(outcome.Result.Ttl?.Ticks ?? previous.Ttl, 0, PluginPolicy.MaxTtl);
                return previous.Renewed(fetch.Generation, fetchedAt, FreshUntil(fetchedAt, now, renewal, jitter), renewal);

            case EnrichmentResultKind.Found:
                try
                {
                    return Found(fetch, outcome.Result, coherence, fetchedAt, now, jitter);
                }
                catch (Exception exception)
                {
                    return Fail(fetch, Invalid($"The result cannot be read ({exception.GetType().Name})."), coherence, now); // its lists and maps are the plugin's code
                }

            default:
                return Fail(fetch, Invalid("The plugin returned no result."), coherence, now);
        }
    }

    /// <summary>A record of the second tier as a value; <see langword="null"/> for a miss: unreadable, of another lookup or version, gone, older than what is held.</summary>
    public static SlotValue? FromStore(Fetch fetch, StoredSlot record, long now)
    {
        var policy = fetch.Plugin.Policy;
        var fetchedAt = record.FetchedAt.UtcTicks;
        var freshUntil = record.FreshUntil.UtcTicks;
        if (record.Fingerprint != (fetch.Fingerprint ?? default)
            || record.DataVersion != fetch.Plugin.DataVersion
            || record.Plugin != fetch.Plugin.Name
            || fetchedAt > now + s_maxClockSkew
            || freshUntil < fetchedAt
            || freshUntil - fetchedAt > PluginPolicy.MaxTtl + s_longestCall
            || record.GoneAt.UtcTicks <= now
            || fetch.Held?.Answer?.FetchedAt >= fetchedAt)
        {
            return null;
        }

        // Where this instance's windows are the longer ones, the value still ends with its record.
        var goneAt = record.GoneAt.UtcTicks < freshUntil + Math.Max(policy.StaleWhileRevalidate, policy.StaleIfError) ? record.GoneAt.UtcTicks : long.MaxValue;
        var value = record.Found
            ? Take(fetch, record, goneAt)
            : SlotValue.NotFound(fetch.Generation, record.Fingerprint, fetchedAt, freshUntil, ResultOrigin.L2, goneAt);
        if (value is { Kind: SlotKind.Found } && fetch.Entry.DecodesAtOnce && value.IsDamaged())
        {
            return null;
        }

        return SlotTransitions.CanStandIn(value, now, policy.StaleWhileRevalidate, policy.StaleIfError) ? value : null;
    }

    /// <summary>A value as a record; <see langword="null"/> when it cannot be read any more.</summary>
    public static StoredSlot? ToStore(Fetch fetch, SlotValue value)
    {
        ReadOnlyMemory<byte> payload;
        try
        {
            payload = value.Kind == SlotKind.Found ? value.Json : ReadOnlyMemory<byte>.Empty;
        }
        catch (Exception)
        {
            return null; // its lists and maps are the plugin's own code, which has changed or disposed them
        }

        var policy = fetch.Plugin.Policy;
        return new StoredSlot
        {
            Plugin = fetch.Plugin.Name,
            Payload = payload,
            Confidence = value.Confidence,
            Ttl = TimeSpan.FromTicks(value.Ttl),
            FetchedAt = new DateTimeOffset(value.FetchedAt, TimeSpan.Zero),
            FreshUntil = new DateTimeOffset(value.FreshUntil, TimeSpan.Zero),
            GoneAt = new DateTimeOffset(SlotTransitions.StandsInUntil(value, policy.StaleWhileRevalidate, policy.StaleIfError), TimeSpan.Zero),
            Fingerprint = value.Fingerprint,
            DataVersion = fetch.Plugin.DataVersion,
            Identities = value.Identities,
            Validator = value.Validator,
        };
    }

    /// <summary>The bytes as they are; objects are made of them when somebody uses them.</summary>
    private static SlotValue? Take(Fetch fetch, StoredSlot record, long goneAt)
    {
        try
        {
            var isGood = record.Confidence is >= 0 and <= 1 && record.Ttl >= TimeSpan.Zero && record.Ttl.Ticks <= PluginPolicy.MaxTtl
                && record.Validator is not { Length: > UserId.MaxUtf8Bytes }
                && StoredPayload.IsSound(record.Payload.Span);
            return isGood ? SlotValue.FromStore(record, fetch.Generation, Declared(fetch.Plugin.Descriptor, record.Identities), goneAt) : null;
        }
        catch (Exception)
        {
            return null; // its maps are the tier's own code
        }
    }

    private static SlotValue Found(Fetch fetch, in EnrichmentResult result, Coherence coherence, long fetchedAt, long now, double jitter)
    {
        var enrichment = result.Enrichment!;
        if (EnrichmentInspector.Inspect(enrichment, out var bytes) is { } problem)
        {
            return Fail(fetch, Invalid(problem), coherence, now);
        }

        var ttl = TimeSpan.FromTicks(Math.Min(enrichment.Ttl?.Ticks ?? fetch.Plugin.Policy.CacheTtl, PluginPolicy.MaxTtl));
        if (enrichment.Ttl != ttl || enrichment.Source.Length == 0 || enrichment.Timestamp == default)
        {
            enrichment = enrichment with
            {
                Ttl = ttl,
                Source = enrichment.Source.Length == 0 ? fetch.Plugin.Name : enrichment.Source,
                Timestamp = enrichment.Timestamp == default ? new DateTimeOffset(now, TimeSpan.Zero) : enrichment.Timestamp,
            };
        }

        return SlotValue.Found(
            enrichment,
            bytes,
            fetch.Generation,
            fetch.Fingerprint ?? default,
            fetchedAt,
            FreshUntil(fetchedAt, now, ttl.Ticks, jitter),
            Declared(fetch.Plugin.Descriptor, result.Identities),
            result.Validator is { Length: <= UserId.MaxUtf8Bytes } validator ? validator : null);
    }

    /// <summary>From the answer on; with no life at all, not even until then.</summary>
    private static long FreshUntil(long fetchedAt, long now, long ttl, double jitter) =>
        PluginPolicy.Jittered(ttl, jitter) is var life and > 0 ? now + life : fetchedAt;

    /// <summary>Keeps the identities that the plugin declares and that could be looked up by; an upstream's garbage is dropped.</summary>
    private static Dictionary<string, string>? Declared(PluginDescriptor descriptor, IReadOnlyDictionary<string, string>? identities)
    {
        Dictionary<string, string>? kept = null;
        if (identities is not null)
        {
            foreach (var name in descriptor.Provides)
            {
                if (identities.TryGetValue(name, out var value) && UserId.Validate(value) is null)
                {
                    (kept ??= new(StringComparer.Ordinal))[name] = value;
                }
            }
        }

        return kept;
    }

    private static SlotValue Fail(Fetch fetch, SlotFailure failure, Coherence coherence, long now)
    {
        // A full queue may have room an instant later; everything else gets a short rest.
        var rest = ReferenceEquals(failure, SlotFailure.QueueFull) || ReferenceEquals(failure, SlotFailure.QueuedTooLong)
            ? 0
            : Math.Max(fetch.Plugin.Policy.FailureTtl, Math.Min(failure.RetryAfter?.Ticks ?? 0, s_maxRetryAfter));
        return SlotTransitions.Fail(fetch, failure, now, now + rest, coherence);
    }

    private static SlotFailure Invalid(string problem) =>
        SlotFailure.Of(PluginErrorCode.InvalidResponse, SlotFailure.FetchOperation, problem, retryable: false);
}
