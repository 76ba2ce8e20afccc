namespace FastEnrich.Caching;

/// <summary>
/// The rules of one slot as pure functions: what a request does with it, and what a slot becomes when a fetch claims it and ends.
/// <see cref="ProfileEntry"/> applies them under its lock, one step at a time.
/// </summary>
internal static class SlotTransitions
{
    public static SlotDecision Decide(SlotState? state, in SlotLookup lookup)
    {
        var inFlight = state is Fetch fetch && fetch.Generation == lookup.Generation;
        var held = Matching(state?.Held, lookup);
        if (held is null)
        {
            return inFlight ? SlotDecision.Join : SlotDecision.Fetch;
        }

        var youngEnough = lookup.Mode != EnrichMode.Refresh && (lookup.MaxAge < 0 || lookup.Now - held.FetchedAt <= lookup.MaxAge);
        if (youngEnough && lookup.Now < held.FreshUntil)
        {
            return SlotDecision.Serve;
        }

        if (youngEnough && held.Answer is { Ephemeral: false } answer && lookup.Now < answer.FreshUntil + lookup.StaleWhileRevalidate)
        {
            return inFlight ? SlotDecision.Serve : SlotDecision.Revalidate;
        }

        return inFlight ? SlotDecision.Join : SlotDecision.Fetch;
    }

    /// <summary>What may be served beside a claim: the held value, when it is of the same plugin generation and lookup.</summary>
    public static SlotValue? Matching(SlotValue? held, in SlotLookup lookup) =>
        held is not null && held.Generation == lookup.Generation && (lookup.Fingerprint is not { } fingerprint || held.Fingerprint == fingerprint) ? held : null;

    /// <summary>Whether an old result may still stand in for a failed fetch.</summary>
    public static bool CanStandIn(SlotValue? answer, long now, long staleIfError) =>
        answer is { Kind: SlotKind.Found, Ephemeral: false } && now < answer.FreshUntil + staleIfError;

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

    /// <summary>A failure over what the fetch found in its slot; an older result that may stand in is kept beneath it.</summary>
    public static SlotValue Fail(Fetch fetch, SlotFailure failure, long now, long retryAt, long staleIfError)
    {
        var older = fetch.Held?.Answer;
        return SlotValue.Failed(failure, CanStandIn(older, now, staleIfError) ? older : null, fetch.Generation, fetch.Fingerprint ?? older?.Fingerprint ?? default, now, retryAt);
    }
}
