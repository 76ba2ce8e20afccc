namespace FastEnrich.Caching;

/// <summary>How one slot looks to a caller at one moment.</summary>
internal readonly record struct SlotView(PluginState State, SlotValue? Answer = null, ProfileError? Error = null)
{
    public bool Delivers => State is PluginState.Fresh or PluginState.Stale;

    public bool IsFailure => State is PluginState.Failed or PluginState.TimedOut or PluginState.Rejected;

    /// <summary>
    /// Looks at a slot. <paramref name="since"/> is when the caller began to wait: what was fetched after it is fresh to that caller, even with a ttl of zero.
    /// <paramref name="pending"/> says that the caller stopped waiting before the slot settled.
    /// </summary>
    public static SlotView Of(SlotValue? held, in SlotLookup lookup, long since, bool pending)
    {
        if (SlotTransitions.Matching(held, lookup) is not { } value)
        {
            return Nothing(pending);
        }

        if (value.Kind == SlotKind.Failed)
        {
            return SlotTransitions.CanStandIn(value.Older, lookup.Now, lookup.StaleIfError)
                ? new(PluginState.Stale, value.Older, value.Failure!.Error)
                : new(value.Failure!.State, null, value.Failure.Error);
        }

        var fresh = lookup.Now < value.FreshUntil || value.FetchedAt >= since;
        var revalidating = !value.Ephemeral && lookup.Now < value.FreshUntil + lookup.StaleWhileRevalidate;
        if (value.Kind == SlotKind.NotFound)
        {
            return fresh || revalidating ? new(PluginState.NotFound, value) : Nothing(pending);
        }

        if (fresh && !pending)
        {
            return new(PluginState.Fresh, value);
        }

        if (revalidating && !pending)
        {
            return new(PluginState.Stale, value);
        }

        // The caller waited for a newer one and did not get it in time.
        return pending && SlotTransitions.CanStandIn(value, lookup.Now, lookup.StaleIfError)
            ? new(fresh ? PluginState.Fresh : PluginState.Stale, value, fresh ? null : SlotFailure.DeadlinePassed.Error)
            : Nothing(pending);
    }

    private static SlotView Nothing(bool pending) =>
        pending ? new(PluginState.TimedOut, null, SlotFailure.DeadlinePassed.Error) : new(PluginState.Skipped);
}
