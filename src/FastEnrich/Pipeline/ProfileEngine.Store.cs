using FastEnrich.Caching;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <content>The second tier: read for what was claimed, written behind the answer, listened to for what others change.</content>
internal sealed partial class ProfileEngine : IProfileStoreListener
{
    /// <summary>Room may be taken by others before it is used; after so many tries a record is lost like an interactive one.</summary>
    private const int MaxWriteAttempts = 8;

    /// <summary>Bulk reads at once, half of what the tier takes: beyond it a read is refused, and a result whose user was not read is never written.</summary>
    private const int MaxBulkReads = 128;

    private static readonly TimeSpan s_flush = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _bulkReads = new(MaxBulkReads);
    private readonly ReadBudgets _readBudgets;
    private string[] _names = [];
    private int _storeAway;
    private int _bulkWrites;
    private TaskCompletionSource _bulkWritten = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the second tier, which connects in the background.</summary>
    public void Start() => _store?.Start(this);

    /// <summary>Has the second tier write what is queued, for a few seconds at most.</summary>
    /// <returns>The type of what failed; <see langword="null"/> when everything was written.</returns>
    public async Task<string?> CloseStoreAsync()
    {
        if (_store is null)
        {
            return null;
        }

        try
        {
            await _store.DisposeAsync().AsTask().WaitAsync(s_flush, Clock.TimeProvider).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            Log.L2StopFailed(_logger, exception.GetType().Name);
            return exception.GetType().Name;
        }
    }

    void IProfileStoreListener.Changed(string userId, IReadOnlyList<string> plugins)
    {
        if (_l1.Peek(userId) is not { } entry)
        {
            return;
        }

        var table = Plugins;
        var changed = 0UL;
        foreach (var name in plugins)
        {
            changed |= table.Find(name) is { } plugin ? 1UL << plugin.Ordinal : 0;
        }

        entry.Doubt(changed, table.Coherence, Clock.UtcTicks);
        Account(entry);
    }

    void IProfileStoreListener.Erased(string userId) => ForgetLocally(userId);

    void IProfileStoreListener.Dropped(string plugin) => DropLocally(plugin);

    void IProfileStoreListener.Disconnected() => SwapCoherence(static (coherence, now) => coherence.Disconnect(now));

    void IProfileStoreListener.Connected() => SwapCoherence(static (coherence, now) => coherence.Connect(now));

    private void SwapCoherence(Func<Coherence, long, Coherence> change)
    {
        lock (_swapping)
        {
            Volatile.Write(ref _plugins, _plugins.Under(change(_plugins.Coherence, Clock.UtcTicks)));
        }
    }

    private async Task ReadStoreAsync(IProfileStore store, ProfileEntry entry, Fetch claimed)
    {
        var fetches = ToArray(claimed);
        var waits = claimed.Bulk;
        if (waits)
        {
            await _bulkReads.WaitAsync(CancellationToken.None).ConfigureAwait(false); // each of those before it ends with its own budget
        }

        var budget = _readBudgets.Rent();
        var isElsewhere = false;
        Settled served = default;
        try
        {
            var names = NamesOf(fetches);
            var reading = store.ReadAsync(entry.UserId, names, budget.Token).AsTask();
            isElsewhere = !reading.IsCompleted;
            var profile = await reading.ConfigureAwait(isElsewhere ? ConfigureAwaitOptions.ForceYielding : ConfigureAwaitOptions.None);
            if (!entry.TryTakeReading(fetches, profile, Plugins.Coherence, Clock.UtcTicks))
            {
                // Once: a user that is changed all the time is fetched.
                profile = await store.ReadAsync(entry.UserId, names, budget.Token).ConfigureAwait(false);
                entry.TryTakeReading(fetches, profile, Plugins.Coherence, Clock.UtcTicks);
            }

            served = ServeStored(entry, fetches);
            StoreAnswered(true);
        }
        catch (Exception)
        {
            StoreAnswered(false); // whatever it is, the request goes on without the tier
        }

        _readBudgets.Return(budget);
        if (waits)
        {
            _bulkReads.Release();
        }

        foreach (var fetch in fetches)
        {
            if (!fetch.IsOrphan)
            {
                Fly(fetch);
            }
        }

        Follow(entry, served, isElsewhere); // last, and never below the call that began the read: a caller may go on on this thread
    }

    /// <summary>Serves what the read brought where that is all there is to do, which is what most reads are for.</summary>
    private Settled ServeStored(ProfileEntry entry, Fetch[] fetches)
    {
        var now = Clock.UtcTicks;
        foreach (var fetch in fetches)
        {
            fetch.Brought = fetch is { Stored: { } record, Fingerprint: not null } ? SlotValueFactory.FromStore(fetch, record, now) : null;
        }

        return entry.ServeStored(fetches, Plugins, now);
    }

    private static Fetch[] ToArray(Fetch linked)
    {
        var count = 0;
        for (var fetch = linked; fetch is not null; fetch = fetch.Next)
        {
            count++;
        }

        var fetches = new Fetch[count];
        for (var i = 0; i < count; i++)
        {
            var next = linked.Next;
            linked.Next = null;
            fetches[i] = linked;
            linked = next!;
        }

        return fetches;
    }

    /// <summary>Most requests claim the same plugins, so the last list is kept.</summary>
    private IReadOnlyList<string> NamesOf(ReadOnlySpan<Fetch> fetches)
    {
        var names = Volatile.Read(ref _names);
        var isSame = names.Length == fetches.Length;
        for (var i = 0; isSame && i < names.Length; i++)
        {
            isSame = ReferenceEquals(names[i], fetches[i].Plugin.Name);
        }

        if (!isSame)
        {
            names = new string[fetches.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = fetches[i].Plugin.Name;
            }

            Volatile.Write(ref _names, names);
        }

        return names;
    }

    private void Store(Fetch fetch, SlotValue value)
    {
        if (_store is null || fetch.EraseToken is not { } token || fetch.Entry.IsPrivate || value.Kind == SlotKind.Failed || value.Ephemeral || Plugins.IsOutdated(fetch))
        {
            return;
        }

        if (SlotValueFactory.ToStore(fetch, value) is not { } record)
        {
            _telemetry.L2DroppedWrite();
            return;
        }

        if (_store.TryEnqueueWrite(fetch.Entry.UserId, token, record))
        {
            return;
        }

        if (fetch.Bulk)
        {
            _ = StoreLaterAsync(_store, fetch.Entry.UserId, token, record);
        }
        else
        {
            _telemetry.L2DroppedWrite();
        }
    }

    /// <summary>Bulk work waits for room. It reads no further user meanwhile, so there are never more such writes than its window has results.</summary>
    private async Task StoreLaterAsync(IProfileStore store, string userId, EraseToken token, StoredSlot record)
    {
        Interlocked.Increment(ref _bulkWrites);
        var isWritten = false;
        try
        {
            for (var attempt = 0; attempt < MaxWriteAttempts && !isWritten && !_stopped; attempt++)
            {
                await store.WaitForRoomAsync(_stopping.Token).ConfigureAwait(false);
                isWritten = store.TryEnqueueWrite(userId, token, record);
            }
        }
        catch (Exception)
        {
            // Counted below.
        }

        if (!isWritten)
        {
            _telemetry.L2DroppedWrite();
        }

        if (Interlocked.Decrement(ref _bulkWrites) == 0)
        {
            Interlocked.Exchange(ref _bulkWritten, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    /// <summary>Ends when no write of bulk work waits for room.</summary>
    private async Task WhenBulkIsWrittenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var written = Volatile.Read(ref _bulkWritten);
            if (Volatile.Read(ref _bulkWrites) == 0)
            {
                return;
            }

            await written.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
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
