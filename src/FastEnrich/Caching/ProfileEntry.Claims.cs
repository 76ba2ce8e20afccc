using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <content>A request's step: serve, join, claim.</content>
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
            if (Removed || IsAhead(request))
            {
                return BeginResult.Retry;
            }

            _entered = true;
            if (_slots.Length < table.Capacity)
            {
                Array.Resize(ref _slots, table.Capacity);
            }

            BulkOnly &= request.Bulk;
            _leaving = false;
            if (request.Identities.Count > 0 && !TryAdopt(request.Identities, table))
            {
                return BeginResult.Conflict;
            }

            var pending = request.Late;
            var first = Claim(request, ref pending);
            if (first is not null)
            {
                Invalidate();
            }

            BeginResult result;
            if ((pending & request.Asked) == 0)
            {
                _hot |= !request.Bulk;
                result = new(BuildNow(request), null, first);
            }
            else
            {
                var wait = request.Pool.Rent(request.Cancellable);
                wait.Begin(this, pending & request.Asked, request);
                Link(wait);
                wait.StartDeadline();
                result = new(null, wait, first);
            }

            Recount();
            return result;
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
            wait.StartDeadline();
            return wait;
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

            var refresh = new Fetch(this, served.Plugin, served.Generation, stale, served.Bulk)
            {
                Phase = FetchPhase.Submitted,
                EraseToken = served.EraseToken,
                Stamp = served.Stamp,
            };
            refresh.Resolve(stale.Fingerprint, served.Identities);
            Set(served.Ordinal, refresh);
            Invalidate();
            Recount();
            return refresh;
        }
    }

    private static SlotLookup Lookup(PluginTable table, RunningPlugin plugin, long now) =>
        new(now, table.GenerationOf(plugin), null, plugin.Policy.StaleWhileRevalidate, plugin.Policy.StaleIfError, Coherence: table.Coherence);

    /// <summary>Whether the request's plugins were swapped for later ones already: it must not put their fetches aside.</summary>
    private bool IsAhead(in BeginRequest request)
    {
        foreach (var plugin in request.Table.Order)
        {
            if ((request.Closure & (1UL << plugin.Ordinal)) != 0
                && plugin.Ordinal < _slots.Length
                && SlotTransitions.IsAhead(_slots[plugin.Ordinal], request.Table.GenerationOf(plugin)))
            {
                return true;
            }
        }

        return false;
    }

    private Fetch? Claim(in BeginRequest request, ref ulong pending)
    {
        Fetch? first = null;
        Fetch? last = null;
        foreach (var plugin in request.Table.Topological)
        {
            var bit = 1UL << plugin.Ordinal;
            if ((request.Closure & bit) == 0)
            {
                continue;
            }

            var resolved = Resolve(plugin, request.Table, pending);
            if (resolved.CannotRun)
            {
                continue;
            }

            var lookup = Lookup(request.Table, plugin, request.Now) with
            {
                Fingerprint = resolved.Fingerprint,
                Mode = request.Mode,
                MaxAge = request.MaxAge,
                EagerRefresh = _hot && !request.Bulk ? plugin.Policy.EagerRefresh : 0,
            };
            var state = _slots[plugin.Ordinal];
            var decision = SlotTransitions.Decide(state, lookup);
            var held = SlotTransitions.Matching(state?.Held, lookup);
            var heldServes = resolved.Awaits != 0 && decision is SlotDecision.Serve or SlotDecision.Revalidate;
            if (heldServes)
            {
                // Its provider may bring another identity: whether what is held still serves is known only then.
                decision = state is Fetch ? SlotDecision.Join : SlotDecision.Fetch;
            }

            if (request.CacheOnly)
            {
                decision = ForCacheOnly(decision, state, request.HasStore && (BeyondTier() & bit) == 0);
            }

            if (decision is SlotDecision.Serve)
            {
                continue;
            }

            if (decision is not SlotDecision.Revalidate)
            {
                pending |= bit;
            }

            if (decision is SlotDecision.Join)
            {
                Join((Fetch)state!, request);
                continue;
            }

            var fetch = new Fetch(this, plugin, lookup.Generation, held, request.Bulk)
            {
                Stamp = request.Table.Coherence.Stamp(request.Now),
                Fingerprint = resolved.Fingerprint,
                Identities = resolved.Identities ?? UserIdentities.None,
                Awaits = resolved.Awaits,
                StoreOnly = request.CacheOnly,
                HeldServes = heldServes,
                NotBefore = request.NotBefore,
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

        return first;
    }

    /// <summary>Only memory and the second tier are asked: a fetch that is beyond them is not waited for.</summary>
    private static SlotDecision ForCacheOnly(SlotDecision decision, SlotState? state, bool isInTier) => decision switch
    {
        SlotDecision.Join when isInTier => SlotDecision.Join,
        SlotDecision.Fetch when isInTier && state is not Fetch => SlotDecision.Fetch,
        _ => SlotDecision.Serve,
    };

    private static void Join(Fetch fetch, in BeginRequest request)
    {
        fetch.StoreOnly &= request.CacheOnly;
        fetch.NotBefore = Math.Max(fetch.NotBefore, request.NotBefore);
    }
}
