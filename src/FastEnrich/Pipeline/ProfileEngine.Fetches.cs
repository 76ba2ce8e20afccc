using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <content>From a claimed slot to its value.</content>
internal sealed partial class ProfileEngine : IFlightSink
{
    public void Conclude(Fetch fetch, in AttemptOutcome outcome)
    {
        if (!fetch.TryConclude())
        {
            return;
        }

        var now = Clock.UtcTicks;
        if (TryRestart(fetch, now))
        {
            return;
        }

        var value = SlotValueFactory.Create(fetch, outcome, Plugins.Coherence, now, _jitter);
        fetch.Plugin.Telemetry.Result(outcome);
        fetch.Plugin.Note(value.Failure?.Error, now);
        if (outcome.Failure is null && value.Failure is not null)
        {
            fetch.Plugin.Traffic.Spoil(Clock.Mono); // it was counted as good when it came
        }

        if (Settle(fetch, value, now))
        {
            Store(fetch, value);
        }
    }

    public void BreakerChanged(RunningPlugin plugin, BreakerState state)
    {
        if (state == BreakerState.Open)
        {
            Log.BreakerOpened(_logger, plugin.Name);
        }
        else
        {
            Log.BreakerClosed(_logger, plugin.Name);
        }
    }

    public void AllHang(RunningPlugin plugin, Lane lane) => OnAllHang?.Invoke(plugin, lane);

    private void Start(ProfileEntry entry, Fetch? claimed)
    {
        if (claimed is null)
        {
            return;
        }

        if (_store is null || entry.IsPrivate)
        {
            Advance(claimed);
            return;
        }

        _ = ReadStoreAsync(_store, entry, claimed);
    }

    private void Advance(Fetch? fetch)
    {
        while (fetch is not null)
        {
            var next = fetch.Next;
            fetch.Next = null;
            Fly(fetch);
            fetch = next;
        }
    }

    /// <summary>Once every provider has settled: looks the user up, in what is held, in what the second tier said, or with the plugin.</summary>
    private void Fly(Fetch fetch)
    {
        var entry = fetch.Entry;
        var table = Plugins;
        if (TryRestart(fetch, Clock.UtcTicks))
        {
            return;
        }

        switch (entry.Advance(fetch, table, Clock.UtcTicks, out var settled))
        {
            case FetchStep.Leave:
                Follow(entry, settled);
                return;
            case FetchStep.GiveUp:
                Settle(fetch, null, Clock.UtcTicks);
                return;
        }

        var now = Clock.UtcTicks;
        var stored = fetch.Brought ?? (fetch.Stored is { } record ? SlotValueFactory.FromStore(fetch, record, now) : null);
        if (_store is not null && entry.Weigh(fetch, stored, table.Coherence, now) is { } lacking)
        {
            Store(fetch, lacking); // so that instances that were cut off from each other agree again
        }

        if (entry.TryServeHeld(fetch, table, now, out settled))
        {
            var held = fetch.Held!;
            Follow(entry, settled);
            if (held.FreshUntil <= now && !fetch.StoreOnly)
            {
                Revalidate(fetch, held);
            }

            return;
        }

        var submit = entry.TrySubmit(fetch, table, now, out settled);
        Follow(entry, settled);
        if (submit)
        {
            fetch.Plugin.Lane.Submit(fetch);
        }
    }

    /// <summary>The second tier's value was stale but servable: it was served, and is fetched anew behind.</summary>
    private void Revalidate(Fetch served, SlotValue stale)
    {
        if (served.Entry.ClaimBehind(served, stale) is { } refresh)
        {
            refresh.Plugin.Lane.Submit(refresh);
        }
    }

    /// <summary>All of the plugin was dropped, or the user erased, after the fetch began: nothing that it brings is served or kept.</summary>
    private bool TryRestart(Fetch fetch, long now)
    {
        var table = Plugins;
        if (!(fetch.IsRenounced || table.IsOutdated(fetch)) || !fetch.Entry.TryRestart(fetch, table, now, out var again, out var settled))
        {
            return false;
        }

        Follow(fetch.Entry, settled);
        Advance(again);
        return true;
    }

    private bool Settle(Fetch fetch, SlotValue? value, long now)
    {
        if (!fetch.Entry.Settle(fetch, value, Plugins, now, out var settled))
        {
            return false;
        }

        Follow(fetch.Entry, settled);
        return true;
    }

    private void Follow(ProfileEntry entry, in Settled settled, bool here = false)
    {
        Account(entry);
        Advance(settled.Ready);
        if (entry.TryLeaveLate())
        {
            _l1.Remove(entry);
        }

        Answer(settled.Done, here);
    }

    private void Account(ProfileEntry entry)
    {
        if (!entry.IsPrivate)
        {
            _l1.Resized(entry);
        }
    }
}
