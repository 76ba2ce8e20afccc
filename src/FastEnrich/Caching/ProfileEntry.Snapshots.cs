using FastEnrich.Plugins;

namespace FastEnrich.Caching;

internal sealed partial class ProfileEntry
{
    /// <summary>The profile as it stands now; the one for all plugins is kept for the next callers.</summary>
    private EnrichedProfile BuildNow(PluginTable table, ulong asked, long now) =>
        asked != table.All ? Compose(table, asked, 0, now, long.MaxValue, out _) : Shared(table, now, long.MaxValue);

    private EnrichedProfile Build(ProfileWait wait, long now, bool shared) =>
        shared && wait.Asked == wait.Table.All ? Shared(wait.Table, now, wait.Since) : Compose(wait.Table, wait.Asked, wait.Pending, now, wait.Since, out _);

    private EnrichedProfile Shared(PluginTable table, long now, long since)
    {
        if (_snapshot is { } ready && ReferenceEquals(_snapshotTable, table) && _validUntil > now)
        {
            return ready;
        }

        var profile = Compose(table, table.All, 0, now, since, out var validUntil);
        if (validUntil > now && !Removed && !IsPrivate && !BulkOnly) // an interactive caller must come by Begin once, or the entry leaves with its bulk work
        {
            _snapshotTable = table;
            _snapshot = profile;
            Volatile.Write(ref _validUntil, validUntil);
        }

        return profile;
    }

    private EnrichedProfile Compose(PluginTable table, ulong asked, ulong pending, long now, long since, out long validUntil)
    {
        var order = table.Order;
        var views = new SlotView[order.Length];
        var count = 0;
        var delivering = 0;
        var failing = 0;
        var confidence = 0.0;
        var failed = 0UL;
        validUntil = long.MaxValue;
        for (var i = 0; i < order.Length; i++)
        {
            var plugin = order[i];
            var bit = 1UL << plugin.Ordinal;
            if ((asked & bit) == 0)
            {
                continue;
            }

            var state = plugin.Ordinal < _slots.Length ? _slots[plugin.Ordinal] : null;
            var fingerprint = FingerprintFor(plugin, table, out var cannotRun);
            var lookup = Lookup(plugin, now) with { Fingerprint = fingerprint };
            var view = SlotView.Of(state?.Held, lookup, since, (pending & bit) != 0);
            views[i] = view;
            count++;
            validUntil = Math.Min(validUntil, ValidUntil(state, view, plugin, cannotRun));
            if (view.Delivers)
            {
                delivering++;
                confidence += view.Answer!.Confidence;
            }
            else if (view.IsFailure)
            {
                failing++;
                failed |= bit;
            }
        }

        var complete = failing == 0 && !SkippedBecauseOfFailure(order, views, asked, failed, table);
        return new EnrichedProfile(new SnapshotSource(table, asked, views, delivering, now))
        {
            UserId = UserId,
            OverallConfidence = delivering == 0 ? 0 : confidence / delivering,
            SuccessCount = delivering,
            ErrorCount = failing,
            Complete = complete,
            Timestamp = new DateTimeOffset(now, TimeSpan.Zero),
        };
    }

    /// <summary>Until when nobody needs to look at this slot again.</summary>
    private static long ValidUntil(SlotState? state, in SlotView view, RunningPlugin plugin, bool cannotRun)
    {
        if (view.State == PluginState.Skipped)
        {
            // What it lacks can only come from other slots, and a change of theirs invalidates the snapshot.
            return cannotRun && state is not Fetch ? long.MaxValue : 0;
        }

        var held = state?.Held;
        if (held is null)
        {
            return 0;
        }

        // While a refresh runs behind, the stale value is served without a further look.
        return state is Fetch && held.Answer is { } answer ? answer.FreshUntil + plugin.Policy.StaleWhileRevalidate : held.FreshUntil;
    }

    private static bool SkippedBecauseOfFailure(RunningPlugin[] order, SlotView[] views, ulong asked, ulong failed, PluginTable table)
    {
        if (failed == 0)
        {
            return false;
        }

        for (var i = 0; i < order.Length; i++)
        {
            if ((asked & (1UL << order[i].Ordinal)) != 0 && views[i].State == PluginState.Skipped && (table.Dependencies(order[i].Ordinal) & failed) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private Fingerprint? FingerprintFor(RunningPlugin plugin, PluginTable table, out bool cannotRun)
    {
        cannotRun = false;
        if (table.Dependencies(plugin.Ordinal) == 0 && plugin.Needs.Length == 0)
        {
            return default(Fingerprint);
        }

        // While a provider is away its identity is not known; what is held was fetched by the last one known.
        if ((table.Dependencies(plugin.Ordinal) & _claimed) != 0)
        {
            return null;
        }

        var resolved = Resolve(plugin, table);
        cannotRun = resolved.CannotRun;
        return cannotRun ? null : resolved.Fingerprint;
    }
}
