using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <content>The steps of a claimed fetch, up to its end.</content>
internal sealed partial class ProfileEntry
{
    /// <summary>Whether a fetch has its slot. Without the lock: an answer that is a moment old costs a call or saves one, and settling looks again.</summary>
    public bool IsClaimedBy(Fetch fetch)
    {
        var slots = Volatile.Read(ref _slots);
        return fetch.Ordinal < slots.Length && ReferenceEquals(Volatile.Read(ref slots[fetch.Ordinal]), fetch);
    }

    /// <summary>The request of plugins that look users up by their id alone: one for all of them while fetches are in flight.</summary>
    public EnrichmentRequest PlainRequest(TimeSpan budget) =>
        _plainRequest is { } known && known.Budget == budget ? known : _plainRequest = new(UserId, UserIdentities.None, null, budget);

    /// <summary>The value that a slot holds now.</summary>
    public SlotValue? HeldAt(int ordinal)
    {
        lock (this)
        {
            return ordinal < _slots.Length ? _slots[ordinal]?.Held : null;
        }
    }

    /// <summary>Ends a fetch. False when the fetch no longer owns its slot: it then changes nothing.</summary>
    public bool Settle(Fetch fetch, SlotValue? value, PluginTable table, long now, out Settled settled)
    {
        lock (this)
        {
            if (!Owns(fetch))
            {
                settled = default;
                return false;
            }

            if (fetch.IsRenounced)
            {
                fetch.DropHeld(); // its user was erased an instant ago
                value = null;
            }

            settled = Complete(fetch, value, table, now, vouched: value is not null);
            return true;
        }
    }

    /// <summary>
    /// Goes on with a fetch that the second tier was asked for, or whose providers have settled: finds out what its user is looked up by. Those who wait for the
    /// second tier alone do not wait for a provider's upstream.
    /// </summary>
    public FetchStep Advance(Fetch fetch, PluginTable table, long now, out Settled settled)
    {
        lock (this)
        {
            settled = default;
            if (!Owns(fetch))
            {
                return FetchStep.Leave;
            }

            if (fetch.Fingerprint is null)
            {
                var resolved = Resolve(fetch.Plugin, table, fetch.Awaits);
                if (resolved.CannotRun && (table.Dependencies(fetch.Plugin) & _claimed) is var again and not 0)
                {
                    resolved = resolved with { Awaits = again, CannotRun = false }; // somebody asks its providers once more
                }

                if (resolved.Awaits != 0)
                {
                    (fetch.Phase, fetch.Awaits) = (FetchPhase.Parked, resolved.Awaits);
                    settled = ReleaseCacheOnly(table, now);
                    return FetchStep.Leave;
                }

                if (resolved.CannotRun)
                {
                    return FetchStep.GiveUp;
                }

                fetch.Resolve(resolved.Fingerprint ?? default, resolved.Identities ?? UserIdentities.None);
                Mistrust(fetch, table, now);
                Recount();
            }

            return FetchStep.Go;
        }
    }

    /// <summary>What is looked up by an identity that nobody vouches for is vouched for no better.</summary>
    private void Mistrust(Fetch fetch, PluginTable table, long now)
    {
        var dependencies = table.Dependencies(fetch.Plugin);
        foreach (var provider in dependencies == 0 ? [] : table.Order)
        {
            if ((dependencies & (1UL << provider.Ordinal)) != 0 && HeldAnswer(provider, table) is { } answer && now >= table.Coherence.ServesUntil(answer.Confirmed))
            {
                fetch.Stamp = answer.Confirmed;
            }
        }
    }

    /// <summary>Weighs what a fetch found in its slot against what the second tier said, for a fetch that still owns its slot.</summary>
    /// <returns>What the second tier lacks: a value of this instance's own that is newer than the record, and which the others do not know.</returns>
    public SlotValue? Weigh(Fetch fetch, SlotValue? stored, Coherence coherence, long now)
    {
        lock (this)
        {
            if (!Owns(fetch))
            {
                return null;
            }

            SlotValue? lacking = null;
            var answer = fetch.Held?.Answer;
            switch (SlotTransitions.Weigh(answer, stored is not null, fetch.Reading, coherence, now))
            {
                case SlotVerdict.Replace:
                    fetch.Lay(stored!);
                    break;
                case SlotVerdict.Confirm:
                    answer!.Confirmed = fetch.Stamp;
                    fetch.HeldServes = true;
                    lacking = SlotTransitions.IsLacking(fetch, answer) ? answer : null;
                    break;
                case SlotVerdict.Serve:
                    fetch.HeldServes = true;
                    break;
                case SlotVerdict.Drop:
                    fetch.DropHeld();
                    break;
            }

            Recount();
            return lacking;
        }
    }

    /// <summary>Ends a fetch with what it found, in memory or in the second tier, when that serves everybody who waits.</summary>
    public bool TryServeHeld(Fetch fetch, PluginTable table, long now, out Settled settled)
    {
        lock (this)
        {
            settled = default;
            if (!Owns(fetch) || !fetch.HeldServes || fetch.Held is not { } held)
            {
                return false;
            }

            var rests = held.Kind == SlotKind.Failed && now < held.FreshUntil && held.FetchedAt >= fetch.NotBefore;
            var serves = held.Answer is { } answer && answer.FetchedAt >= fetch.NotBefore && SlotTransitions.IsServable(answer, now, fetch.Plugin.Policy.StaleWhileRevalidate);
            if (!rests && !serves)
            {
                return false;
            }

            settled = Complete(fetch, null, table, now, vouched: true);
            return true;
        }
    }

    /// <summary>
    /// Ends, in one step, those fetches to which one read brought values that serve as well as a result would: fresh, newer than what is held, and young enough for
    /// all who wait. The others go on one by one.
    /// </summary>
    public Settled ServeStored(ReadOnlySpan<Fetch> fetches, PluginTable table, long now)
    {
        lock (this)
        {
            var served = 0UL;
            foreach (var fetch in fetches)
            {
                if (fetch.Brought is { } value
                    && now < value.FreshUntil && value.FetchedAt >= fetch.NotBefore
                    && !fetch.IsRenounced && !table.IsOutdated(fetch) && Owns(fetch))
                {
                    fetch.Lay(value);
                    Set(fetch.Ordinal, value);
                    served |= 1UL << fetch.Ordinal;
                }
            }

            return served == 0 ? default : Settle(served, table, now, vouched: true, fetched: false);
        }
    }

    /// <summary>
    /// Has the fetch go on to its plugin. Those who wait for the second tier alone are answered; a fetch that only they wait for ends here, and so
    /// does one that lost its slot.
    /// </summary>
    public bool TrySubmit(Fetch fetch, PluginTable table, long now, out Settled settled)
    {
        lock (this)
        {
            settled = default;
            if (!Owns(fetch))
            {
                return false;
            }

            if (fetch.StoreOnly)
            {
                settled = Complete(fetch, null, table, now, vouched: false);
                return false;
            }

            fetch.Phase = FetchPhase.Submitted;
            settled = ReleaseCacheOnly(table, now);
            return true;
        }
    }

    /// <summary>Answers those who wait for the second tier alone, as far as it has said what it can.</summary>
    private Settled ReleaseCacheOnly(PluginTable table, long now)
    {
        for (var wait = _waits; wait is not null; wait = wait.Next)
        {
            if (wait.CacheOnly)
            {
                return new(Release(BeyondTier(), table, now, onlyCacheOnly: true, vouched: false, fetched: false), null);
            }
        }

        return default; // as nearly always
    }

    /// <summary>The slots that only an upstream's answer can settle: their own, or one that they wait for, directly or through others.</summary>
    private ulong BeyondTier()
    {
        var beyond = 0UL;
        for (var before = ulong.MaxValue; before != beyond;)
        {
            before = beyond;
            for (var i = 0; i < _slots.Length; i++)
            {
                if (_slots[i] is Fetch fetch && (fetch.Phase == FetchPhase.Submitted || (fetch.Phase == FetchPhase.Parked && (fetch.Awaits & beyond) != 0)))
                {
                    beyond |= 1UL << i;
                }
            }
        }

        return beyond;
    }

    private bool Owns(Fetch fetch) => fetch.Ordinal < _slots.Length && ReferenceEquals(_slots[fetch.Ordinal], fetch);

    private Settled Complete(Fetch fetch, SlotValue? value, PluginTable table, long now, bool vouched)
    {
        if (value is { Kind: not SlotKind.Failed })
        {
            value.Confirmed = fetch.Stamp;
        }

        SlotTransitions.TryComplete(_slots[fetch.Ordinal], fetch, value, out var next);
        Set(fetch.Ordinal, next);
        return Settle(1UL << fetch.Ordinal, table, now, vouched, fetched: value is not null);
    }

    /// <summary>What follows when slots have their values: who waited for them alone is answered, and what was parked for them goes on.</summary>
    private Settled Settle(ulong slots, PluginTable table, long now, bool vouched, bool fetched)
    {
        if (_claimed == 0)
        {
            _plainRequest = null;
        }

        Invalidate();
        var ready = Unpark(slots, table);
        var done = Release(slots, table, now, onlyCacheOnly: false, vouched, fetched);
        Recount();
        return new(done, ready);
    }

    /// <summary>A provider has settled: those that waited for it go on, and a fetch by an identity that it no longer gives is replaced.</summary>
    private Fetch? Unpark(ulong settled, PluginTable table)
    {
        Fetch? ready = null;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is not Fetch fetch)
            {
                continue;
            }

            fetch.Awaits &= ~settled;
            if (fetch is { Phase: FetchPhase.Parked, Awaits: 0 })
            {
                fetch.Phase = FetchPhase.Claimed; // so that it is not found again
            }
            else if (LeadsElsewhere(fetch, settled, table))
            {
                Set(i, fetch = new Fetch(this, fetch.Plugin, fetch.Generation, null, fetch.Bulk)
                {
                    EraseToken = fetch.EraseToken,
                    Stored = fetch.Stored,
                    Reading = fetch.Reading,
                    Stamp = fetch.Stamp,
                    NotBefore = fetch.NotBefore,
                });
            }
            else
            {
                continue;
            }

            fetch.Next = ready;
            ready = fetch;
        }

        return ready;
    }

    private bool LeadsElsewhere(Fetch fetch, ulong settled, PluginTable table)
    {
        if (fetch is not { Phase: FetchPhase.Submitted, Fingerprint: { } known } || (table.Dependencies(fetch.Plugin) & settled) == 0)
        {
            return false;
        }

        var resolved = Resolve(fetch.Plugin, table, Unanswered(table));
        return !resolved.CannotRun && resolved.Fingerprint is { } now && now != known;
    }
}
