using FastEnrich.Pipeline;
using Microsoft.Extensions.Caching.Memory;

namespace FastEnrich.Caching;

/// <summary>
/// The first tier: entries by user id, bounded in entries and bytes. <see cref="MemoryCache"/> is the table and nothing more; a ring of ours with
/// a CLOCK hand evicts: it passes an entry that was touched, encodes one that was not, and drops it the next time.
/// </summary>
internal sealed class ProfileTable : IDisposable
{
    private const int Stripes = 256;

    /// <summary>How far the hand moves for one caller.</summary>
    private const int MaxSteps = 512;

    /// <summary>How much of the byte budget decoded results may take before the hand encodes the untouched ones.</summary>
    private const int DecodedShare = 4;

    private readonly MemoryCache _cache;
    private readonly Lock[] _stripes = new Lock[Stripes];
    private readonly Lock _ringLock = new();
    private readonly List<ProfileEntry?> _ring = [];
    private readonly Stack<int> _free = new();
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private readonly long _maxDecoded;
    private int _hand;
    private int _count;
    private long _bytes;
    private long _decoded;
    private long _evictions;

    public ProfileTable(L1Options options, EngineClock clock)
    {
        _maxEntries = options.MaxEntries;
        _maxBytes = options.MaxBytes;
        _maxDecoded = Math.Max(options.MaxBytes / DecodedShare, 1);
#pragma warning disable CS0618 // Clock: a bare lookup is 60 % clock reading, and nothing here expires by it
        _cache = new MemoryCache(new MemoryCacheOptions { Clock = clock, ExpirationScanFrequency = TimeSpan.FromDays(1) });
#pragma warning restore CS0618
        for (var i = 0; i < Stripes; i++)
        {
            _stripes[i] = new Lock();
        }
    }

    public int Count => Volatile.Read(ref _count);

    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Gets the part of the bytes that is decoded.</summary>
    public long DecodedBytes => Volatile.Read(ref _decoded);

    public long Evictions => Volatile.Read(ref _evictions);

    public ProfileEntry? Find(string userId)
    {
        if (!_cache.TryGetValue(userId, out var value))
        {
            return null;
        }

        var entry = System.Runtime.CompilerServices.Unsafe.As<ProfileEntry>(value!);
        if (!entry.Referenced)
        {
            entry.Referenced = true;
        }

        return entry;
    }

    /// <summary>Looks without leaving a trace that would keep the entry longer.</summary>
    public ProfileEntry? Peek(string userId) => _cache.TryGetValue(userId, out var value) ? (ProfileEntry)value! : null;

    public ProfileEntry GetOrAdd(string userId, bool bulk)
    {
        if (Find(userId) is { } known)
        {
            return known;
        }

        // Into the ring before anybody can find it: what is found is accounted for.
        var entry = new ProfileEntry(userId) { BulkOnly = bulk };
        lock (_ringLock)
        {
            entry.RingIndex = _free.TryPop(out var free) ? free : _ring.Count;
            if (entry.RingIndex == _ring.Count)
            {
                _ring.Add(entry);
            }
            else
            {
                _ring[entry.RingIndex] = entry;
            }

            _count++;
        }

        Resized(entry);
        ProfileEntry? raced;
        lock (StripeOf(userId))
        {
            raced = Find(userId);
            if (raced is null)
            {
                _cache.Set(userId, entry);
                return entry;
            }
        }

        entry.Discard();
        Remove(entry);
        return raced;
    }

    /// <summary>Accounts for an entry that grew or shrank, and makes room when a bound is passed.</summary>
    public void Resized(ProfileEntry entry)
    {
        Account(entry);
        if (IsOver())
        {
            MakeRoom();
        }
    }

    /// <summary>Takes a retired or forgotten entry out.</summary>
    public void Remove(ProfileEntry entry)
    {
        Unmap(entry);
        lock (_ringLock)
        {
            RemoveFromRing(entry);
        }
    }

    /// <summary>
    /// Lets go of everybody. The cache itself is not disposed: a message or a late result that comes after the end finds nobody here, where a disposed cache would throw at
    /// it, on a thread of the pool, and end the process.
    /// </summary>
    public void Dispose() => _cache.Clear();

    private bool IsOver() => _count > _maxEntries || Volatile.Read(ref _bytes) > _maxBytes || Volatile.Read(ref _decoded) > _maxDecoded;

    private void MakeRoom()
    {
        lock (_ringLock)
        {
            // Three rounds see every entry untouched, then encoded; what is then still over is in flight, and flights are bounded. One caller never walks
            // them all: while many entries are touched or in flight, the table may be over by one entry for each MaxSteps that it holds.
            for (var steps = Math.Min(3 * _ring.Count, MaxSteps); steps > 0 && IsOver(); steps--)
            {
                if (_hand >= _ring.Count)
                {
                    _hand = 0;
                }

                if (_ring[_hand++] is { } entry)
                {
                    Pass(entry);
                }
            }
        }
    }

    private void Pass(ProfileEntry entry)
    {
        if (entry.Removed)
        {
            RemoveFromRing(entry); // forgotten between its first lookup and its place in the ring
            return;
        }

        if (entry.Referenced)
        {
            entry.Referenced = false;
            return;
        }

        if (entry.DecodedBytes > 0 && _count <= _maxEntries) // too many users: encoding one that has to go would be work for nothing
        {
            entry.Encode();
            Account(entry);
            return;
        }

        if (_count <= _maxEntries && Volatile.Read(ref _bytes) <= _maxBytes)
        {
            return; // only decoded results are too many
        }

        if (!entry.TryRetire())
        {
            return; // in flight: pinned
        }

        Unmap(entry);
        RemoveFromRing(entry);
        _evictions++;
    }

    private void Unmap(ProfileEntry entry)
    {
        lock (StripeOf(entry.UserId))
        {
            // A newer entry of the same user stays.
            if (_cache.TryGetValue(entry.UserId, out var value) && ReferenceEquals(value, entry))
            {
                _cache.Remove(entry.UserId);
            }
        }
    }

    private void RemoveFromRing(ProfileEntry entry)
    {
        if (entry.RingIndex < 0)
        {
            return;
        }

        _ring[entry.RingIndex] = null;
        _free.Push(entry.RingIndex);
        entry.RingIndex = -1;
        _count--;
        var (bytes, decoded) = entry.Detach();
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Add(ref _decoded, -decoded);
    }

    private void Account(ProfileEntry entry)
    {
        var (bytes, decoded) = entry.TakeGrowth();
        Interlocked.Add(ref _bytes, bytes);
        Interlocked.Add(ref _decoded, decoded);
    }

    private Lock StripeOf(string userId) => _stripes[(uint)userId.GetHashCode() % Stripes];
}
