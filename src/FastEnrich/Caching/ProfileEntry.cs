using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>
/// All that is held of one user: a slot per plugin, the callers that wait, and a ready snapshot. Readers of a warm entry take no lock;
/// every change is one step under the entry's own lock.
/// </summary>
internal sealed partial class ProfileEntry(string userId, bool isPrivate = false)
{
    /// <summary>What an entry counts for besides its values: objects, the table's node, the key.</summary>
    private const int Overhead = 360;

    private SlotState?[] _slots = [];
    private ulong _claimed;
    private ProfileWait? _waits;

    // Read without the lock, in this order; written in the reverse one.
    private long _validUntil;
    private EnrichedProfile? _snapshot;
    private PluginTable? _snapshotTable;

    public string UserId { get; } = userId;

    /// <summary>Gets whether the entry serves one request alone and is in no table.</summary>
    public bool IsPrivate { get; } = isPrivate;

    /// <summary>Gets or sets what trusted callers said of the user. Guarded by the lock.</summary>
    public IReadOnlyDictionary<string, string> Identities { get; set; } = UserIdentities.None;

    /// <summary>Gets or sets whether bulk work alone has touched the entry, which then leaves with it.</summary>
    public bool BulkOnly { get; set; }

    /// <summary>Gets or sets the mark of the eviction hand; written only when it changes, so that hot readers share the cache line.</summary>
    public bool Referenced { get; set; }

    /// <summary>Gets or sets the place in the eviction ring; -1 outside.</summary>
    public int RingIndex { get; set; } = -1;

    /// <summary>Gets whether the entry left the table; a caller that still holds it must look again. Guarded by the lock.</summary>
    public bool Removed { get; private set; }

    /// <summary>Gets what the entry counts for in the memory budget. Guarded by the lock.</summary>
    public long Bytes { get; private set; } = Overhead + (userId.Length * 2);

    /// <summary>Gets the part of it that encoding would free. Guarded by the lock.</summary>
    public long DecodedBytes { get; private set; }

    /// <summary>The warm read: no lock, no allocation.</summary>
    public EnrichedProfile? Ready(PluginTable table, long now) =>
        Volatile.Read(ref _validUntil) > now && ReferenceEquals(_snapshotTable, table) ? _snapshot : null;

    public bool IsClaimedBy(Fetch fetch)
    {
        lock (this)
        {
            return fetch.Ordinal < _slots.Length && ReferenceEquals(_slots[fetch.Ordinal], fetch);
        }
    }

    /// <summary>Gets whether a fetch is on its way.</summary>
    public bool IsBusy
    {
        get
        {
            lock (this)
            {
                return _claimed != 0;
            }
        }
    }

    /// <summary>Has the entry stay when the bulk work that made it is done.</summary>
    public void Keep()
    {
        lock (this)
        {
            BulkOnly = false;
        }
    }

    /// <summary>Takes the entry out of use when nothing is in flight and nobody waits.</summary>
    public bool TryRetire(bool onlyBulk = false)
    {
        lock (this)
        {
            if (Removed || _claimed != 0 || _waits is not null || (onlyBulk && !BulkOnly))
            {
                return false;
            }

            Removed = true;
            Invalidate();
            return true;
        }
    }

    /// <summary>Drops the decoded objects and keeps the bytes; returns by how many bytes the entry shrank, and how many of them were decoded ones.</summary>
    public (long Bytes, long Decoded) Encode()
    {
        lock (this)
        {
            var before = (Bytes, DecodedBytes);
            foreach (var state in _slots)
            {
                state?.Held?.Encode();
            }

            Recount();
            Invalidate();
            return (before.Bytes - Bytes, before.DecodedBytes - DecodedBytes);
        }
    }

    /// <summary>Erases the user: values, snapshot and identities are gone, fetches lose their slots, and their waiters get what is left, which is nothing.</summary>
    public ProfileWait? Forget(long now)
    {
        lock (this)
        {
            Removed = true;
            Array.Clear(_slots);
            _claimed = 0;
            Identities = UserIdentities.None;
            Invalidate();
            var done = _waits;
            _waits = null;
            for (var wait = done; wait is not null; wait = wait.NextDone)
            {
                wait.NextDone = wait.Next;
                wait.Unlinked();
                wait.Pending = 0;
                wait.Result = Build(wait, now, shared: false);
            }

            return done;
        }
    }

    public ProfileInspection Inspect(PluginTable table, long now)
    {
        lock (this)
        {
            var slots = new Dictionary<string, SlotInspection>(StringComparer.Ordinal);
            foreach (var plugin in table.Order)
            {
                var state = plugin.Ordinal < _slots.Length ? _slots[plugin.Ordinal] : null;
                if (state is null)
                {
                    continue;
                }

                var view = SlotView.Of(state.Held, Lookup(plugin, now), long.MaxValue, pending: false);
                slots.Add(plugin.Name, new(
                    state.Held is null ? null : view.State,
                    Time(view.Answer?.FetchedAt),
                    Time(view.Answer?.FreshUntil),
                    view.Answer?.Origin,
                    state is Fetch,
                    state.Held?.Bytes ?? 0));
            }

            return new(slots, Bytes, _snapshot is not null);
        }
    }

    internal static DateTimeOffset? Time(long? ticks) => ticks is { } value ? new DateTimeOffset(value, TimeSpan.Zero) : null;

    private void Invalidate()
    {
        Volatile.Write(ref _validUntil, 0);
        _snapshot = null;
    }

    private void Set(int ordinal, SlotState? state)
    {
        _slots[ordinal] = state;
        var bit = 1UL << ordinal;
        _claimed = state is Fetch ? _claimed | bit : _claimed & ~bit;
    }

    private void Recount()
    {
        var bytes = (long)Overhead + (UserId.Length * 2) + (_slots.Length * 8);
        var decoded = 0L;
        foreach (var state in _slots)
        {
            if (state?.Held is { } held)
            {
                bytes += held.Bytes;
                decoded += held.DecodedBytes + (held.Older?.DecodedBytes ?? 0);
            }
        }

        (Bytes, DecodedBytes) = (bytes, decoded);
    }
}
