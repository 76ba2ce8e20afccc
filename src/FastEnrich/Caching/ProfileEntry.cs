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
    private EnrichmentRequest? _plainRequest;
    private ProfileWait? _waits;
    private List<ProfileEntry>? _apart;
    private bool _entered;
    private bool _leaving;
    private bool _hot; // memory has answered somebody: the user is read more than once

    // Read without the lock, in this order; written in the reverse one.
    private long _validUntil;
    private PluginTable? _snapshotTable;
    private EnrichedProfile? _snapshot;

    private long _snapshotBytes;
    private long _reportedBytes;
    private long _reportedDecoded;
    private bool _detached;

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

    /// <summary>Gets the part of it that is decoded, the snapshot included. Guarded by the lock.</summary>
    public long DecodedBytes { get; private set; }

    /// <summary>The warm read: no lock, no allocation.</summary>
    public EnrichedProfile? Ready(PluginTable table, long now) =>
        Volatile.Read(ref _validUntil) > now && ReferenceEquals(Volatile.Read(ref _snapshotTable), table) ? Volatile.Read(ref _snapshot) : null;

    /// <summary>By how much the entry grew since the last time this was asked; what the table has been told is what it takes off when the entry leaves.</summary>
    public (long Bytes, long Decoded) TakeGrowth()
    {
        lock (this)
        {
            if (_detached || IsPrivate)
            {
                return default;
            }

            var growth = (Bytes - _reportedBytes, DecodedBytes - _reportedDecoded);
            (_reportedBytes, _reportedDecoded) = (Bytes, DecodedBytes);
            return growth;
        }
    }

    /// <summary>All that was reported, and nothing from now on: the entry leaves the table.</summary>
    public (long Bytes, long Decoded) Detach()
    {
        lock (this)
        {
            _detached = true;
            return (_reportedBytes, _reportedDecoded);
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

    /// <summary>Takes the entry out of use when nothing is in flight, nobody waits, and whoever made it has had its turn.</summary>
    public bool TryRetire(bool onlyBulk = false)
    {
        lock (this)
        {
            if (Removed || !_entered || _claimed != 0 || _waits is not null || _apart is not null || (onlyBulk && !BulkOnly))
            {
                _leaving |= onlyBulk;
                return false;
            }

            Removed = true;
            Invalidate();
            return true;
        }
    }

    /// <summary>Takes out an entry that was to leave with its bulk work and had a refresh in flight.</summary>
    public bool TryLeaveLate() => Volatile.Read(ref _leaving) && TryRetire(onlyBulk: true);

    /// <summary>Takes the entry out of use before anybody has seen it.</summary>
    public void Discard()
    {
        lock (this)
        {
            Removed = true;
        }
    }

    /// <summary>Keeps an entry that bulk work alone has touched.</summary>
    public void Keep()
    {
        lock (this)
        {
            BulkOnly = false;
        }
    }

    /// <summary>
    /// Drops the decoded objects, the snapshot with them, and keeps the bytes. A value of which there are none is dropped, and nothing is thrown: it is mostly
    /// another user's request that encodes.
    /// </summary>
    public void Encode()
    {
        lock (this)
        {
            _hot = false;
            for (var i = 0; i < _slots.Length; i++)
            {
                if (_slots[i]?.Held?.TryEncode() == false)
                {
                    DropHeld(i);
                }
            }

            Invalidate();
            Recount();
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

                var view = SlotView.Of(state.Held, Lookup(table, plugin, now), long.MaxValue, pending: false, demanding: false, vouched: false, fetched: false);
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
        Volatile.Write(ref _snapshot, null);
        _snapshotBytes = 0;
    }

    private void DropHeld(int ordinal)
    {
        if (_slots[ordinal] is Fetch fetch)
        {
            fetch.DropHeld();
        }
        else
        {
            Set(ordinal, null);
        }
    }

    private void Set(int ordinal, SlotState? state)
    {
        _slots[ordinal] = state;
        var bit = 1UL << ordinal;
        _claimed = state is Fetch ? _claimed | bit : _claimed & ~bit;
    }

    private void Recount()
    {
        var bytes = Overhead + (UserId.Length * 2) + (_slots.Length * 8) + _snapshotBytes;
        var decoded = _snapshotBytes;
        foreach (var state in _slots)
        {
            if (state?.Held is { } held)
            {
                bytes += held.Bytes;
                decoded += held.DecodedBytes;
            }
        }

        (Bytes, DecodedBytes) = (bytes, decoded);
    }
}
