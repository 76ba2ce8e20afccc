using FastEnrich.Plugins;

namespace FastEnrich.Caching;

internal sealed partial class ProfileEntry
{
    /// <summary>
    /// One request's step: serves what is held, joins what is in flight, claims what is missing. Claimed fetches come back linked by
    /// <see cref="Fetch.Next"/>, in an order in which providers come before those that need them.
    /// </summary>
    public BeginResult Begin(in BeginRequest request)
    {
        var table = request.Table;
        lock (this)
        {
            if (Removed)
            {
                return BeginResult.Retry;
            }

            if (_slots.Length < table.Capacity)
            {
                Array.Resize(ref _slots, table.Capacity);
            }

            BulkOnly &= request.Bulk;
            if (request.Identities.Count > 0 && !TryAdopt(request.Identities, table, request.Now))
            {
                return BeginResult.Conflict;
            }

            Fetch? first = null;
            Fetch? last = null;
            var pending = 0UL;
            foreach (var plugin in table.Topological)
            {
                var bit = 1UL << plugin.Ordinal;
                if ((request.Closure & bit) == 0)
                {
                    continue;
                }

                var waits = (pending & table.Dependencies(plugin.Ordinal)) != 0;
                var resolved = waits ? default : Resolve(plugin, table);
                if (!waits && resolved.CannotRun)
                {
                    continue;
                }

                var lookup = Lookup(plugin, request.Now) with { Fingerprint = waits ? null : resolved.Fingerprint, Mode = request.Mode, MaxAge = request.MaxAge };
                var state = _slots[plugin.Ordinal];
                var decision = SlotTransitions.Decide(state, lookup);
                if (decision is SlotDecision.Serve || (request.CacheOnly && decision is not SlotDecision.Join))
                {
                    continue;
                }

                if (decision is not SlotDecision.Revalidate)
                {
                    pending |= bit;
                }

                if (decision is SlotDecision.Join)
                {
                    continue;
                }

                var fetch = new Fetch(this, plugin, SlotTransitions.Matching(state?.Held, lookup), request.Bulk)
                {
                    Fingerprint = waits ? null : resolved.Fingerprint,
                    Identities = resolved.Identities ?? UserIdentities.None,
                    NotBefore = request.Mode == EnrichMode.Refresh ? request.Now : request.MaxAge < 0 ? 0 : request.Now - request.MaxAge,
                };
                Set(plugin.Ordinal, fetch);
                if (last is null)
                {
                    first = fetch;
                }
                else
                {
                    last.Next = fetch;
                }

                last = fetch;
            }

            if (first is not null)
            {
                Volatile.Write(ref _validUntil, 0);
            }

            if ((pending & request.Asked) == 0)
            {
                return new(BuildNow(request.Table, request.Asked, request.Now), null, first);
            }

            var wait = request.Pool.Rent(request.Cancellable);
            wait.Begin(this, pending & request.Asked, request);
            Link(wait);
            return new(null, wait, first);
        }
    }

    /// <summary>Waits for whatever is on its way now; <see langword="null"/> when nothing is.</summary>
    public ProfileWait? Join(in BeginRequest request)
    {
        lock (this)
        {
            if (Removed || _claimed == 0)
            {
                return null;
            }

            var wait = request.Pool.Rent(request.Cancellable);
            wait.Begin(this, _claimed, request);
            Link(wait);
            return wait;
        }
    }

    /// <summary>Ends a fetch. False when the fetch no longer owns its slot: it then changes nothing.</summary>
    public bool Settle(Fetch fetch, SlotValue? value, PluginTable table, long now, out Settled settled)
    {
        lock (this)
        {
            if (fetch.Ordinal >= _slots.Length || !SlotTransitions.TryComplete(_slots[fetch.Ordinal], fetch, value, out var next))
            {
                settled = default;
                return false;
            }

            var before = (Bytes, DecodedBytes);
            Set(fetch.Ordinal, next);
            Recount();
            Invalidate();
            var done = Release(1UL << fetch.Ordinal, now);
            settled = new(done, Unpark(table), Bytes - before.Bytes, DecodedBytes - before.DecodedBytes);
            return true;
        }
    }

    /// <summary>Has a claimed fetch wait for its providers, or says that it can go on. False also when it lost its slot.</summary>
    public bool TryLeaveClaimed(Fetch fetch, PluginTable table)
    {
        lock (this)
        {
            if (!ReferenceEquals(_slots[fetch.Ordinal], fetch))
            {
                return false;
            }

            if ((_claimed & Providers(fetch, table)) != 0 && fetch.Fingerprint is null)
            {
                fetch.Phase = FetchPhase.Parked;
                return false;
            }

            fetch.Phase = FetchPhase.Submitted;
            return true;
        }
    }

    /// <summary>Finds out what a fetch looks its user up by. False when a needed identity or dependency is missing: the fetch is then to be released.</summary>
    public bool TryResolve(Fetch fetch, PluginTable table)
    {
        lock (this)
        {
            if (fetch.Fingerprint is not null)
            {
                return true;
            }

            var resolved = Resolve(fetch.Plugin, table);
            fetch.Resolve(resolved.Fingerprint, resolved.Identities ?? UserIdentities.None);
            return !resolved.CannotRun;
        }
    }

    /// <summary>Puts a value that was fetched for one trusted caller into the slot, unless a fetch has claimed it.</summary>
    public (long Bytes, long Decoded) Adopt(int ordinal, SlotValue value)
    {
        lock (this)
        {
            if (Removed || ordinal >= _slots.Length || _slots[ordinal] is Fetch || (_slots[ordinal]?.Held?.FetchedAt ?? 0) > value.FetchedAt)
            {
                return default;
            }

            var before = (Bytes, DecodedBytes);
            Set(ordinal, value);
            Recount();
            Invalidate();
            return (Bytes - before.Bytes, DecodedBytes - before.DecodedBytes);
        }
    }

    /// <summary>Copies what another entry of the same user holds, in-flight fetches apart.</summary>
    public void CopyFrom(ProfileEntry other)
    {
        lock (other)
        {
            _slots = new SlotState?[other._slots.Length];
            for (var i = 0; i < _slots.Length; i++)
            {
                _slots[i] = other._slots[i]?.Held;
            }

            Identities = other.Identities;
        }
    }

    /// <summary>Claims a slot for a refresh behind the value that was just served, unless something else has happened to it.</summary>
    public Fetch? ClaimBehind(Fetch served, SlotValue stale)
    {
        lock (this)
        {
            if (Removed || !ReferenceEquals(_slots[served.Ordinal], stale))
            {
                return null;
            }

            var refresh = new Fetch(this, served.Plugin, stale, served.Bulk) { Phase = FetchPhase.Submitted, EraseToken = served.EraseToken };
            refresh.Resolve(stale.Fingerprint, served.Identities);
            Set(served.Ordinal, refresh);
            Invalidate();
            return refresh;
        }
    }

    /// <summary>The value that a slot holds now.</summary>
    public SlotValue? HeldAt(int ordinal)
    {
        lock (this)
        {
            return ordinal < _slots.Length ? _slots[ordinal]?.Held : null;
        }
    }

    /// <summary>Ends one caller's wait before its slots have settled. False when it ended otherwise.</summary>
    public bool TryLeave(ProfileWait wait, int version, long now)
    {
        lock (this)
        {
            if (wait.Version != version || !wait.IsLinked)
            {
                return false;
            }

            Unlink(wait);
            wait.Result = Build(wait, now, shared: false);
            return true;
        }
    }

    private static SlotLookup Lookup(RunningPlugin plugin, long now) =>
        new(now, plugin.Generation, null, plugin.Policy.StaleWhileRevalidate, plugin.Policy.StaleIfError);

    private static ulong Providers(Fetch fetch, PluginTable table) =>
        fetch.Ordinal < table.Capacity ? table.Dependencies(fetch.Ordinal) : 0;

    private ProfileWait? Release(ulong bit, long now)
    {
        ProfileWait? done = null;
        for (var wait = _waits; wait is not null;)
        {
            var next = wait.Next;
            wait.Pending &= ~bit;
            if (wait.Pending == 0)
            {
                Unlink(wait);
                wait.Result = Build(wait, now, shared: true);
                wait.NextDone = done;
                done = wait;
            }

            wait = next;
        }

        return done;
    }

    private Fetch? Unpark(PluginTable table)
    {
        Fetch? ready = null;
        foreach (var state in _slots)
        {
            if (state is Fetch { Phase: FetchPhase.Parked } parked && (_claimed & Providers(parked, table)) == 0)
            {
                parked.Phase = FetchPhase.Submitted;
                parked.Next = ready;
                ready = parked;
            }
        }

        return ready;
    }

    private void Link(ProfileWait wait)
    {
        wait.IsLinked = true;
        wait.Previous = null;
        wait.Next = _waits;
        if (_waits is not null)
        {
            _waits.Previous = wait;
        }

        _waits = wait;
    }

    private void Unlink(ProfileWait wait)
    {
        if (wait.Previous is null)
        {
            _waits = wait.Next;
        }
        else
        {
            wait.Previous.Next = wait.Next;
        }

        if (wait.Next is not null)
        {
            wait.Next.Previous = wait.Previous;
        }

        wait.Unlinked();
    }
}
