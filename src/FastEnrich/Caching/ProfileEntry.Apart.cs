using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <content>Callers whose identities lead elsewhere than what is known of the user are served from an entry apart.</content>
internal sealed partial class ProfileEntry
{
    /// <summary>
    /// Makes an entry for one request alone, holding what is held here but for in-flight fetches. It is forgotten with this one, which stays in the table
    /// until <see cref="Rejoin"/>. <see langword="null"/> when this entry left the table.
    /// </summary>
    public ProfileEntry? Split()
    {
        lock (this)
        {
            if (Removed)
            {
                return null;
            }

            _entered = true;
            var apart = new ProfileEntry(UserId, isPrivate: true) { Identities = Identities, _slots = new SlotState?[_slots.Length] };
            for (var i = 0; i < _slots.Length; i++)
            {
                apart._slots[i] = _slots[i]?.Held;
            }

            (_apart ??= []).Add(apart);
            return apart;
        }
    }

    /// <summary>
    /// Ends what <see cref="Split"/> began. With identities of a trusted caller, they and what was fetched by them replace those of the user, unless a fetch
    /// by other ones is in flight still, or a caller waits who relies on those.
    /// </summary>
    public void Rejoin(ProfileEntry apart, IReadOnlyDictionary<string, string>? trusted, PluginTable table, ulong closure)
    {
        lock (this)
        {
            _apart?.Remove(apart);
            if (_apart is { Count: 0 })
            {
                _apart = null;
            }

            if (trusted is null || Removed || apart.Removed || _slots.Length < table.Capacity)
            {
                return;
            }

            var affected = Affected(trusted, table, closure);
            if (!TryAdopt(trusted, table))
            {
                return;
            }

            foreach (var plugin in table.Order)
            {
                if ((affected & (1UL << plugin.Ordinal)) != 0 && apart.HeldAt(plugin.Ordinal) is { Kind: not SlotKind.Failed, Ephemeral: false } value
                    && !SlotTransitions.IsAhead(_slots[plugin.Ordinal], value.Generation))
                {
                    Set(plugin.Ordinal, value);
                }
            }

            Invalidate();
            Recount();
        }
    }
}
