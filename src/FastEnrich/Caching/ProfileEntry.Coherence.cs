using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <content>What other instances change, and what the second tier's erase token says of it.</content>
internal sealed partial class ProfileEntry
{
    private EraseToken? _eraseToken; // the latest that a read has shown

    /// <summary>Another instance has replaced records: what is held, and what is on its way, is looked up again before it is served to anybody after this.</summary>
    public void Doubt(ulong plugins, Coherence coherence, long now)
    {
        lock (this)
        {
            for (var i = 0; i < _slots.Length; i++)
            {
                if ((plugins & (1UL << i)) != 0 && _slots[i] is { } state)
                {
                    Doubt(state, coherence, now);
                }
            }

            Invalidate();
            Recount();
        }
    }

    /// <summary>
    /// Takes what one read of the second tier brought for the fetches that it was made for, unless something has changed since they were stamped: what was read
    /// may then be of before, and they are stamped anew. Another erase token than before means that the user was erased meanwhile, and so may one where none was
    /// known: nothing from before is served any more.
    /// </summary>
    public bool TryTakeReading(ReadOnlySpan<Fetch> fetches, StoredProfile profile, Coherence coherence, long now)
    {
        lock (this)
        {
            if (IsOvertaken(fetches, coherence))
            {
                foreach (var fetch in fetches)
                {
                    fetch.Stamp = coherence.Stamp(now);
                }

                return false;
            }

            if (profile.EraseToken is { } token)
            {
                if (!token.IsSameErasure(_eraseToken))
                {
                    Renounce(fetches, coherence, now, all: _eraseToken is not null);
                }

                _eraseToken = token;
            }

            for (var i = 0; i < fetches.Length; i++)
            {
                var fetch = fetches[i];
                fetch.EraseToken = profile.EraseToken;
                fetch.Stored = i < profile.Slots.Count ? profile.Slots[i] : null;
                fetch.Reading = fetch.Stored is null ? StoreReading.Absent : StoreReading.Present;
            }

            return true;
        }
    }

    /// <summary>
    /// Ends a fetch that began before all of its plugin was dropped or its user erased: what it brings is of before. Those who wait for it are served by
    /// another one, which comes back; without them there is none.
    /// </summary>
    public bool TryRestart(Fetch outdated, PluginTable table, long now, out Fetch? again, out Settled settled)
    {
        lock (this)
        {
            (again, settled) = (null, default);
            if (!Owns(outdated) || !(outdated.IsRenounced || table.IsOutdated(outdated)))
            {
                return false;
            }

            if (!AnyPends(1UL << outdated.Ordinal))
            {
                outdated.DropHeld();
                settled = Complete(outdated, null, table, now, vouched: false);
                return true;
            }

            again = new Fetch(this, outdated.Plugin, table.GenerationOf(outdated.Plugin), null, outdated.Bulk)
            {
                EraseToken = outdated.IsRenounced ? _eraseToken : outdated.EraseToken,
                Stamp = table.Coherence.Stamp(now),
                NotBefore = outdated.NotBefore,
                StoreOnly = outdated.StoreOnly,
            };
            Set(outdated.Ordinal, again);
            Invalidate();
            Recount();
            return true;
        }
    }

    private bool IsOvertaken(ReadOnlySpan<Fetch> fetches, Coherence coherence)
    {
        foreach (var fetch in fetches)
        {
            if (coherence.Overtakes(fetch.Stamp) && Owns(fetch))
            {
                return true;
            }
        }

        return false;
    }

    private static void Doubt(SlotState state, Coherence coherence, long now)
    {
        if (state is Fetch fetch)
        {
            fetch.Stamp = coherence.Doubt(fetch.Stamp, now);
        }

        if (state.Held?.Answer is { } answer)
        {
            answer.Confirmed = coherence.Doubt(answer.Confirmed, now);
        }
    }

    /// <summary>Drops what is held, all of it or what nobody vouches for, and what other fetches than the reader's will bring, all or those from before a gap.</summary>
    private void Renounce(ReadOnlySpan<Fetch> readers, Coherence coherence, long now, bool all)
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            var drops = all || (_slots[i]?.Held?.Answer is { } answer && now >= coherence.ServesUntil(answer.Confirmed));
            if (_slots[i] is not Fetch fetch)
            {
                Set(i, drops ? null : _slots[i]);
                continue;
            }

            if (drops)
            {
                fetch.DropHeld();
            }

            if ((all || Math.Abs(fetch.Stamp) < coherence.Since) && !readers.Contains(fetch))
            {
                fetch.IsRenounced = true; // also one that no token was known for, and that began before nobody could say that its user was erased
            }
        }

        Invalidate();
        Recount();
    }
}
