namespace FastEnrich.Caching;

/// <summary>
/// The rules of one slot as pure functions: what a request does with it, and what a slot becomes when a fetch claims it and ends.
/// <see cref="ProfileEntry"/> applies them under its lock, one step at a time.
/// </summary>
internal static class SlotTransitions
{
    public static SlotDecision Decide(SlotState? state, in SlotLookup lookup)
    {
        var inFlight = state is Fetch fetch && fetch.Generation == lookup.Generation && (lookup.Coherence is null || lookup.Coherence.MayJoin(fetch.Stamp, lookup.Now))
            && (fetch.Fingerprint is not { } flying || lookup.Fingerprint is not { } wanted || flying == wanted);
        if (Matching(state?.Held, lookup) is { } held)
        {
            var answer = held.Answer;
            var youngEnough = answer is not null
                && lookup.Vouches(answer)
                && lookup.Mode != EnrichMode.Refresh
                && (lookup.MaxAge < 0 || lookup.Now - answer.FetchedAt <= lookup.MaxAge);
            if (youngEnough && lookup.Now < answer!.FreshUntil)
            {
                var rests = held.Kind == SlotKind.Failed && lookup.Now < held.FreshUntil;
                return inFlight || rests || lookup.Now < EagerFrom(answer, lookup.EagerRefresh) ? SlotDecision.Serve : SlotDecision.Revalidate;
            }

            // A failure rests: the upstream is not asked again at once.
            if (held.Kind == SlotKind.Failed && lookup.Mode != EnrichMode.Refresh && lookup.Now < held.FreshUntil)
            {
                return SlotDecision.Serve;
            }

            if (youngEnough && IsServable(answer!, lookup.Now, lookup.StaleWhileRevalidate))
            {
                return inFlight ? SlotDecision.Serve : SlotDecision.Revalidate;
            }
        }

        return inFlight ? SlotDecision.Join : SlotDecision.Fetch;
    }

    /// <summary>
    /// What a read of the second tier makes of a value that nobody vouches for. The record is newer: it takes its place. The tier says the same, or less, or
    /// holds what only others can use: the value is confirmed. The tier has nothing: it may have been erased. The tier is away: it is served while it may stand in.
    /// </summary>
    public static SlotVerdict Weigh(SlotValue? answer, bool hasNewer, StoreReading reading, Coherence coherence, long now) => reading switch
    {
        _ when hasNewer => SlotVerdict.Replace,
        _ when answer is null || now < coherence.ServesUntil(answer.Confirmed) => SlotVerdict.Keep,
        StoreReading.Present => SlotVerdict.Confirm,
        StoreReading.Absent => SlotVerdict.Drop,
        _ => now < coherence.StandsInUntil(answer.Confirmed) ? SlotVerdict.Serve : SlotVerdict.Keep,
    };

    /// <summary>
    /// Whether a confirmed value is newer than the record that confirmed it: it was fetched while it could not be written.
    /// One of another lookup or version is not compared.
    /// </summary>
    public static bool IsLacking(Fetch fetch, SlotValue answer) =>
        fetch.Stored is { } record && record.DataVersion == fetch.Plugin.DataVersion && record.Fingerprint == answer.Fingerprint
        && answer is { Origin: ResultOrigin.Upstream, Ephemeral: false } && answer.FetchedAt > record.FetchedAt.UtcTicks;

    /// <summary>Whether a slot has moved on to a later generation of its plugin than the request knows.</summary>
    public static bool IsAhead(SlotState? state, int generation) =>
        (state is Fetch fetch ? fetch.Generation : state?.Held?.Generation ?? 0) > generation;

    /// <summary>What may be served beside a claim: the held value, when it is of the same plugin generation and lookup.</summary>
    public static SlotValue? Matching(SlotValue? held, in SlotLookup lookup) =>
        held is not null && held.Generation == lookup.Generation && (lookup.Fingerprint is not { } fingerprint || held.Fingerprint == fingerprint) ? held : null;

    /// <summary>Whether an answer is fresh, or stale and served at once.</summary>
    public static bool IsServable(SlotValue answer, long now, long staleWhileRevalidate) =>
        !answer.Ephemeral && now < RevalidatesUntil(answer, staleWhileRevalidate);

    /// <summary>Until when an answer is served at once, in UTC ticks.</summary>
    public static long RevalidatesUntil(SlotValue answer, long staleWhileRevalidate) => Math.Min(answer.GoneAt, answer.FreshUntil + staleWhileRevalidate);

    /// <summary>From when on a fresh answer is refreshed behind by whoever reads it, in UTC ticks.</summary>
    public static long EagerFrom(SlotValue answer, double share) =>
        share is > 0 and < 1 ? answer.FetchedAt + (long)((answer.FreshUntil - answer.FetchedAt) * share) : long.MaxValue;

    /// <summary>Until when an answer may stand in for a failed fetch, in UTC ticks: both windows are counted from the end of its ttl.</summary>
    public static long StandsInUntil(SlotValue answer, long staleWhileRevalidate, long staleIfError) =>
        Math.Min(answer.GoneAt, answer.FreshUntil + (answer.Kind == SlotKind.Found ? Math.Max(staleWhileRevalidate, staleIfError) : staleWhileRevalidate));

    /// <summary>Whether an older answer may still stand in for a failed fetch.</summary>
    public static bool CanStandIn(SlotValue? answer, long now, long staleWhileRevalidate, long staleIfError) =>
        answer is { Ephemeral: false } && now < StandsInUntil(answer, staleWhileRevalidate, staleIfError);

    /// <summary>
    /// The slot after a fetch ended: with a value, or without one when the fetch did not run. A fetch that no longer owns the slot changes nothing,
    /// whatever it brings.
    /// </summary>
    public static bool TryComplete(SlotState? state, Fetch fetch, SlotValue? value, out SlotState? next)
    {
        if (!ReferenceEquals(state, fetch))
        {
            next = state;
            return false;
        }

        next = value ?? fetch.Held;
        return true;
    }

    /// <summary>A failure over what the fetch found in its slot; an older answer that may stand in is kept beneath it.</summary>
    public static SlotValue Fail(Fetch fetch, SlotFailure failure, long now, long retryAt, Coherence coherence)
    {
        var older = fetch.Held?.Answer;
        var policy = fetch.Plugin.Policy;
        return SlotValue.Failed(
            failure,
            CanStandIn(older, now, policy.StaleWhileRevalidate, policy.StaleIfError) && now < coherence.StandsInUntil(older!.Confirmed) ? older : null,
            fetch.Generation,
            fetch.Fingerprint ?? older?.Fingerprint ?? default,
            now,
            retryAt);
    }
}
