using FastEnrich.Caching;
using FastEnrich.Plugins;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <content>From a claimed slot to its value.</content>
internal sealed partial class ProfileEngine : IFlightSink
{
    private int _storeAway;

    public void Conclude(Fetch fetch, in AttemptOutcome outcome)
    {
        if (!fetch.TryConclude())
        {
            return;
        }

        var now = Clock.UtcTicks;
        var value = SlotValueFactory.Create(fetch, outcome, now, _jitter);
        fetch.Plugin.Telemetry.Result(outcome);
        fetch.Plugin.Note(value.Failure?.Error, now);
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
        switch (entry.Advance(fetch, table))
        {
            case FetchStep.Leave:
                return;
            case FetchStep.GiveUp:
                Settle(fetch, null, Clock.UtcTicks);
                return;
        }

        var now = Clock.UtcTicks;
        if (fetch.Stored is { } record && SlotValueFactory.FromStore(fetch, record, now) is { } stored)
        {
            entry.Lay(fetch, stored);
        }

        if (entry.TryServeHeld(fetch, table, now, out var settled))
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

    private bool Settle(Fetch fetch, SlotValue? value, long now)
    {
        if (!fetch.Entry.Settle(fetch, value, Plugins, now, out var settled))
        {
            return false;
        }

        Follow(fetch.Entry, settled);
        return true;
    }

    private void Follow(ProfileEntry entry, in Settled settled)
    {
        Account(entry);
        Answer(settled.Done);
        Advance(settled.Ready);
        if (entry.TryLeaveLate())
        {
            _l1.Remove(entry);
        }
    }

    private void Account(ProfileEntry entry)
    {
        if (!entry.IsPrivate)
        {
            _l1.Resized(entry);
        }
    }

    private async Task ReadStoreAsync(IProfileStore store, ProfileEntry entry, Fetch claimed)
    {
        var fetches = new List<Fetch>();
        for (var fetch = claimed; fetch is not null; fetch = fetch.Next)
        {
            fetches.Add(fetch);
        }

        try
        {
            using var budget = new CancellationTokenSource(_options.L2Timeout, Clock.TimeProvider);
            var read = store.ReadAsync(entry.UserId, fetches.ConvertAll(static fetch => fetch.Plugin.Name), budget.Token).AsTask();
            _ = read.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default); // a late failure is nobody's
            var profile = await read.WaitAsync(budget.Token).ConfigureAwait(false);
            for (var i = 0; i < fetches.Count && i < profile.Slots.Count; i++)
            {
                fetches[i].EraseToken = profile.EraseToken;
                fetches[i].Stored = profile.Slots[i];
            }

            StoreAnswered(true);
        }
        catch (Exception)
        {
            StoreAnswered(false); // whatever it is, the request goes on without the tier
        }

        Advance(claimed);
    }

    private void Store(Fetch fetch, SlotValue value)
    {
        if (_store is null || fetch.EraseToken is not { } token || fetch.Entry.IsPrivate || value.Kind == SlotKind.Failed || value.Ephemeral)
        {
            return;
        }

        if (!_store.TryEnqueueWrite(fetch.Entry.UserId, token, SlotValueFactory.ToStore(fetch, value)))
        {
            _telemetry.L2DroppedWrite();
        }
    }

    private void StoreAnswered(bool ok)
    {
        _telemetry.L2Read(ok);
        if (Interlocked.Exchange(ref _storeAway, ok ? 0 : 1) == (ok ? 1 : 0))
        {
            if (ok)
            {
                Log.L2Back(_logger);
            }
            else
            {
                Log.L2Away(_logger);
            }
        }
    }
}
