namespace FastEnrich.Caching;

/// <summary>How one slot looks to a caller at one moment.</summary>
internal readonly record struct SlotView(PluginState State, SlotValue? Answer = null, ProfileError? Error = null)
{
    public bool Delivers => State is PluginState.Fresh or PluginState.Stale;

    public bool IsFailure => State is PluginState.Failed or PluginState.TimedOut or PluginState.Rejected;

    /// <summary>
    /// Looks at a slot. <paramref name="since"/> is when the caller began to wait: what was <paramref name="fetched"/> after it is fresh to that caller, even with a
    /// ttl of zero and by a call that began before it, and what served then does not expire while other slots are waited for.
    /// <paramref name="pending"/> says that the caller stopped waiting before the slot settled, <paramref name="demanding"/> that it asked for something newer
    /// than what is fresh: an old result then stands in, with its cause. <paramref name="vouched"/> says that the slot settled well while the caller waited.
    /// </summary>
    public static SlotView Of(SlotValue? held, in SlotLookup lookup, long since, bool pending, bool demanding, bool vouched, bool fetched)
    {
        var value = SlotTransitions.Matching(held, lookup);
        if (pending)
        {
            return StandIn(value?.Answer, lookup, demanding, SlotFailure.DeadlinePassed.Error)
                ?? new(PluginState.TimedOut, null, SlotFailure.DeadlinePassed.Error);
        }

        if (value is null)
        {
            return new(PluginState.Skipped);
        }

        if (value.Kind == SlotKind.Failed)
        {
            return StandIn(value.Older, lookup, demanding, value.Failure!.Error) ?? new(value.Failure.State, null, value.Failure.Error);
        }

        var asked = Math.Min(since, lookup.Now);
        var isLater = value.Origin == ResultOrigin.Upstream && value.FetchedAt >= since; // what another instance fetched has the time of its clock
        var fresh = fetched || asked < value.FreshUntil || isLater;
        vouched |= isLater || lookup.Vouches(value) || lookup.Coherence!.VouchedAt(value.Confirmed) >= since; // at a moment of the wait, at least
        if (!vouched || (!fresh && !SlotTransitions.IsServable(value, asked, lookup.StaleWhileRevalidate)))
        {
            return new(PluginState.Skipped);
        }

        return new(value.Kind == SlotKind.NotFound ? PluginState.NotFound : fresh ? PluginState.Fresh : PluginState.Stale, value);
    }

    private static SlotView? StandIn(SlotValue? older, in SlotLookup lookup, bool demanding, ProfileError cause)
    {
        if (!SlotTransitions.CanStandIn(older, lookup.Now, lookup.StaleWhileRevalidate, lookup.StaleIfError) || !lookup.MayStandIn(older!))
        {
            return null;
        }

        if (older!.Kind == SlotKind.NotFound)
        {
            return new(PluginState.NotFound, older);
        }

        return lookup.Now < older.FreshUntil && !demanding ? new(PluginState.Fresh, older) : new(PluginState.Stale, older, cause);
    }
}
