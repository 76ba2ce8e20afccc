using FastEnrich.Plugins;

namespace FastEnrich.Caching;

internal sealed partial class ProfileEntry
{
    /// <summary>What a snapshot takes besides its results: profile, source, status and merged view.</summary>
    private const int SnapshotOverhead = 600;

    /// <summary>The profile as it stands now; the one for all plugins is kept for the next callers.</summary>
    private EnrichedProfile BuildNow(in BeginRequest request) => request.Asked == request.Table.All && !request.Demanding
        ? Shared(request.Table, request.Vouched, 0, request.Now, long.MaxValue)
        : Compose(new(request.Table, request.Asked, request.Closure, 0, request.Vouched, 0, request.Now, long.MaxValue, request.Demanding), out _, out _);

    private EnrichedProfile Build(ProfileWait wait, long now, bool shared) => shared && wait.Asked == wait.Table.All
        ? Shared(wait.Table, wait.Vouched, wait.Fetched, now, wait.Since)
        : Compose(new(wait.Table, wait.Asked, wait.Table.Closure(wait.Asked), wait.Pending, wait.Vouched, wait.Fetched, now, wait.Since, wait.Demanding), out _, out _);

    private EnrichedProfile Shared(PluginTable table, ulong vouched, ulong fetched, long now, long since)
    {
        if (_snapshot is { } ready && ReferenceEquals(_snapshotTable, table) && _validUntil > now)
        {
            return ready;
        }

        var profile = Compose(new(table, table.All, table.All, 0, vouched, fetched, now, since, false), out var validUntil, out var bytes);

        // Kept from the second touch on: most users of a stream are seen once, and what is kept the collector copies twice before it rests. One that
        // bulk work alone has touched leaves with it, so an interactive caller must come by here first.
        if (validUntil > now && Referenced && !Removed && !IsPrivate && !BulkOnly)
        {
            Invalidate(); // readers take no lock: none may see the new one with the old table
            Volatile.Write(ref _snapshotTable, table);
            Volatile.Write(ref _snapshot, profile);
            _snapshotBytes = SnapshotOverhead + bytes;
            Volatile.Write(ref _validUntil, validUntil);
        }

        return profile;
    }

    private EnrichedProfile Compose(in Composition what, out long validUntil, out long bytes)
    {
        var (table, asked, closure, pending, vouched, fetched, now, since, demanding) = what;
        var order = table.Order;
        var views = new SlotView[order.Length];
        var delivering = 0;
        var failing = 0;
        var confidence = 0.0;
        var failed = 0UL;
        var skipped = 0UL;
        var unanswered = Unanswered(table) & _claimed;
        bytes = 0;
        validUntil = long.MaxValue;
        for (var i = 0; i < order.Length; i++)
        {
            var plugin = order[i];
            var bit = 1UL << plugin.Ordinal;
            if (((asked | closure) & bit) == 0)
            {
                continue;
            }

            var state = plugin.Ordinal < _slots.Length ? _slots[plugin.Ordinal] : null;
            var resolved = Resolve(plugin, table, unanswered);
            var view = SlotView.Of(
                state?.Held,
                Lookup(table, plugin, now) with { Fingerprint = resolved.Fingerprint },
                since,
                (pending & bit) != 0,
                demanding,
                (vouched & bit) != 0,
                (fetched & bit) != 0);
            failed |= view.IsFailure ? bit : 0;
            skipped |= view.State == PluginState.Skipped ? bit : 0;
            if ((asked & bit) == 0)
            {
                continue;
            }

            views[i] = view;
            validUntil = Math.Min(validUntil, ValidUntil(state, view, plugin, table.Coherence, resolved.CannotRun, now));
            if (view.Delivers)
            {
                delivering++;
                confidence += view.Answer!.Confidence;
                bytes += view.Answer.SnapshotBytes;
            }
            else if (view.IsFailure)
            {
                failing++;
            }
        }

        return new EnrichedProfile(new SnapshotSource(this, table, asked, views, delivering, now))
        {
            UserId = UserId,
            OverallConfidence = delivering == 0 ? 0 : confidence / delivering,
            SuccessCount = delivering,
            ErrorCount = failing,
            Complete = failing == 0 && (table.Blocked(failed, skipped) & asked) == 0,
            Timestamp = new DateTimeOffset(now, TimeSpan.Zero),
        };
    }

    /// <summary>Until when nobody needs to look at this slot again.</summary>
    private static long ValidUntil(SlotState? state, in SlotView view, RunningPlugin plugin, Coherence coherence, bool cannotRun, long now)
    {
        if (view.State == PluginState.Skipped)
        {
            // What it lacks can only come from other slots, and a change of theirs invalidates the snapshot.
            return cannotRun && state is not Fetch ? long.MaxValue : 0;
        }

        var policy = plugin.Policy;
        if (view.Answer is not { } answer)
        {
            return state?.Held?.FreshUntil ?? 0; // a failure rests
        }

        var resting = state?.Held is { Kind: SlotKind.Failed } failed ? failed.FreshUntil : 0;
        var vouched = coherence.ServesUntil(answer.Confirmed);
        if (vouched <= now)
        {
            vouched = Math.Min(resting, coherence.StandsInUntil(answer.Confirmed));
        }

        if (now < answer.FreshUntil)
        {
            var eager = SlotTransitions.EagerFrom(answer, policy.EagerRefresh);
            var fresh = now < eager ? Math.Min(eager, answer.FreshUntil) : state is Fetch ? answer.FreshUntil : Math.Min(resting, answer.FreshUntil);
            return Math.Min(fresh, vouched);
        }

        if (answer.Ephemeral || view.State == PluginState.Fresh)
        {
            return 0; // fresh only to those who waited for it
        }

        // While a refresh runs behind, and while a failure rests, the stale value is served without a further look.
        return Math.Min(vouched, state is Fetch
            ? SlotTransitions.RevalidatesUntil(answer, policy.StaleWhileRevalidate)
            : Math.Min(resting, SlotTransitions.StandsInUntil(answer, policy.StaleWhileRevalidate, policy.StaleIfError)));
    }

    private readonly record struct Composition(PluginTable Table, ulong Asked, ulong Closure, ulong Pending, ulong Vouched, ulong Fetched, long Now, long Since, bool Demanding);
}
