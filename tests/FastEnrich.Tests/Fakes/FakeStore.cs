using System.Collections.Concurrent;
using FastEnrich.Caching;

namespace FastEnrich.Tests.Fakes;

/// <summary>
/// One instance's second tier in memory that can be slow, failing, hanging or full, and that honours erase tokens, newer records and forgets that are not
/// confirmed. <see cref="Peer"/> makes the one of another instance over the same records.
/// </summary>
internal sealed class FakeStore : IProfileStore
{
    private readonly FakeTier _tier;
    private readonly ConcurrentDictionary<string, bool> _unconfirmed = new();
    private readonly ConcurrentDictionary<string, bool> _dropping = new();
    private readonly ConcurrentQueue<(string UserId, EraseToken Token, StoredSlot Slot, int Drops)> _queued = new();
    private int _reads;
    private int _waitsForRoom;

    public FakeStore()
        : this(new FakeTier())
    {
    }

    public FakeStore(FakeTier tier)
    {
        _tier = tier;
        tier.Stores.Add(this);
    }

    public int Reads => Volatile.Read(ref _reads);

    public int WaitsForRoom => Volatile.Read(ref _waitsForRoom);

    public ConcurrentQueue<IReadOnlyList<string>> Asked { get; } = new();

    public ConcurrentQueue<StoredSlot> Writes { get; } = new();

    /// <summary>Runs before a read answers: may throw or hang, and the read still ends with its token.</summary>
    public Func<CancellationToken, Task> BeforeRead { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs after the records were looked up and before they are handed over.</summary>
    public Func<Task> AfterRead { get; set; } = static () => Task.CompletedTask;

    public Func<Task<(bool Erased, bool Published)>> OnForget { get; set; } = static () => Task.FromResult((true, true));

    public Func<Task<bool>> OnDrop { get; set; } = static () => Task.FromResult(true);

    public Func<Task> OnWaitForRoom { get; set; } = static () => Task.CompletedTask;

    public bool Full { get; set; }

    /// <summary>Gets or sets whether writes stay in the queue until <see cref="Flush"/>.</summary>
    public bool Queues { get; set; }

    /// <summary>Gets or sets whether the messages of others arrive, from the start.</summary>
    public bool Connects { get; set; } = true;

    /// <summary>Gets or sets whether messages are lost without anybody noticing.</summary>
    public bool Deaf { get; set; }

    public bool HearsOthers { get => field && !Deaf; private set; }

    /// <summary>Gets the number of the present connection.</summary>
    public int Connection { get; private set; }

    public IProfileStoreListener? Listener { get; private set; }

    public int Starts { get; private set; }

    public Func<Task> OnDispose { get; set; } = static () => Task.CompletedTask;

    public FakeStore Peer() => new(_tier);

    public void Start(IProfileStoreListener listener)
    {
        Listener = listener;
        Starts++;
        if (Connects)
        {
            Connect();
        }
    }

    public void Connect()
    {
        lock (_queued)
        {
            Connection++;
            HearsOthers = true;
            Listener!.Connected();
        }
    }

    public void Disconnect()
    {
        lock (_queued)
        {
            Listener!.Disconnected();
            HearsOthers = false;
        }
    }

    public async ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Asked.Enqueue(plugins);
        await BeforeRead(cancellationToken).WaitAsync(cancellationToken);
        var found = _unconfirmed.ContainsKey(userId) ? new StoredProfile(null, new StoredSlot?[plugins.Count]) : _tier.Read(userId, plugins);
        found = found with { Slots = [.. found.Slots.Select(slot => slot is not null && _dropping.ContainsKey(slot.Plugin) ? null : slot)] };
        await AfterRead().WaitAsync(cancellationToken);
        return found;
    }

    public bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot)
    {
        if (Full)
        {
            return false;
        }

        _queued.Enqueue((userId, eraseToken, slot, _tier.DropsOf(slot.Plugin)));
        if (!Queues)
        {
            Flush();
        }

        return true;
    }

    public void Flush()
    {
        while (_queued.TryDequeue(out var write))
        {
            if (_tier.TryWrite(write.UserId, write.Token, write.Slot, write.Drops))
            {
                _tier.Tell(this, listener => listener.Changed(write.UserId, [write.Slot.Plugin]));
                Writes.Enqueue(write.Slot); // last: a test that sees it knows that the others were told
            }
            else if (_tier.Get(write.UserId, write.Slot.Plugin)?.FetchedAt > write.Slot.FetchedAt && HearsOthers)
            {
                Listener!.Changed(write.UserId, [write.Slot.Plugin]);
            }
        }
    }

    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waitsForRoom);
        await OnWaitForRoom().WaitAsync(cancellationToken);
    }

    public async ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken)
    {
        var answer = await OnForget();
        if (!answer.Erased)
        {
            _unconfirmed[userId] = true;
            return answer;
        }

        Confirm(userId);
        return answer;
    }

    /// <summary>What the tier does again until it succeeds.</summary>
    public void Confirm(string userId)
    {
        _tier.Erase(userId);
        _unconfirmed.TryRemove(userId, out _);
        _tier.Tell(this, listener => listener.Erased(userId));
    }

    public async ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken)
    {
        _dropping[plugin] = true; // from here on: what it held is not read back while nobody has confirmed
        var confirmed = await OnDrop();
        _tier.Drop(plugin);
        _dropping.TryRemove(plugin, out _);
        _tier.Tell(this, listener => listener.Dropped(plugin));
        return confirmed;
    }

    public async ValueTask DisposeAsync()
    {
        await OnDispose();
        Flush();
        HearsOthers = false;
    }

    public void Put(string userId, StoredSlot slot) => _tier.Put(userId, slot);

    public StoredSlot? Get(string userId, string plugin) => _tier.Get(userId, plugin);

    /// <summary>A record as the engine would have written it.</summary>
    public static StoredSlot Record(DateTimeOffset fetchedAt, TimeSpan ttl, string city = "Stored", string plugin = "crm", Fingerprint fingerprint = default) => new()
    {
        Plugin = plugin,
        Payload = EnrichmentJson.Encode(Results.Enrichment(city, ttl: ttl) with { Source = plugin, Timestamp = fetchedAt }),
        Confidence = Results.Enrichment().Confidence,
        Ttl = ttl,
        FetchedAt = fetchedAt,
        FreshUntil = fetchedAt + ttl,
        GoneAt = fetchedAt + ttl + TimeSpan.FromHours(24),
        Fingerprint = fingerprint,
        DataVersion = new PluginMetadata { Name = plugin }.Version,
        Validator = "v1",
    };
}
