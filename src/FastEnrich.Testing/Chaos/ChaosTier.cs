using System.Collections.Concurrent;
using FastEnrich.Caching;

namespace FastEnrich.Testing;

/// <summary>
/// A second tier in memory that several engines share, with the rules of the real one: erase tokens, newer records win, messages between engines. Its
/// switches make it slow, forgetful or absent. Thread-safe.
/// </summary>
public sealed class ChaosTier
{
    private static readonly EraseToken s_unerased = new("");

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ChaosUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _generations = new(StringComparer.Ordinal);
    private readonly List<ChaosStore> _stores = [];
    private readonly ConcurrentDictionary<Task, bool> _work = new();
    private TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _cut;
    private long _tokens;

    /// <summary>Initializes an empty tier that works.</summary>
    /// <param name="seed">What the draws of all switches follow from.</param>
    /// <param name="timeProvider">The clock of delays; the system's when <see langword="null"/>.</param>
    public ChaosTier(int seed = 1, TimeProvider? timeProvider = null)
    {
        Reads = new ChaosSwitch(unchecked(seed * 17), timeProvider);
        Writes = new ChaosSwitch(unchecked((seed * 17) + 1), timeProvider);
        Erasures = new ChaosSwitch(unchecked((seed * 17) + 2), timeProvider);
        Messages = new ChaosSwitch(unchecked((seed * 17) + 3), timeProvider);
    }

    /// <summary>Gets the switch of reads that fail.</summary>
    public ChaosSwitch Reads { get; }

    /// <summary>Gets the switch of writes that are lost. Its delay is how late they land.</summary>
    public ChaosSwitch Writes { get; }

    /// <summary>
    /// Gets the switch of erasures, of users and of a plugin's records, that are not confirmed; they are tried again when the bus is restored or the user is
    /// read.
    /// </summary>
    public ChaosSwitch Erasures { get; }

    /// <summary>Gets the switch of messages between engines that are lost without anybody noticing.</summary>
    public ChaosSwitch Messages { get; }

    /// <summary>Gets how many records are held.</summary>
    public int Records
    {
        get
        {
            lock (_lock)
            {
                return _users.Values.Sum(static user => user.Slots.Count);
            }
        }
    }

    /// <summary>Makes this the second tier of an engine; to be called before the engine is created. Several engines may share a tier.</summary>
    /// <param name="options">The engine's options.</param>
    /// <exception cref="InvalidOperationException">The options name a second tier already.</exception>
    public void AttachTo(FastEnrichOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Store is not null || options.CreateStore is not null)
        {
            throw new InvalidOperationException("the options name a second tier already");
        }

        options.CreateStore = _ => new ChaosStore(this);
    }

    /// <summary>Says whether anything is held of a user.</summary>
    /// <param name="userId">The user.</param>
    /// <returns>Whether there is a record.</returns>
    public bool Holds(string userId)
    {
        lock (_lock)
        {
            return _users.TryGetValue(userId, out var user) && user.Slots.Count > 0;
        }
    }

    /// <summary>Waits until something is held of a user: an engine answers its callers before it writes.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when there is a record.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async Task WhenHeldAsync(string userId, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task written;
            lock (_lock)
            {
                if (_users.TryGetValue(userId, out var user) && user.Slots.Count > 0)
                {
                    return;
                }

                written = _written.Task;
            }

            await written.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Cuts all engines off from each other's messages; they notice at once. Reads and writes go on.</summary>
    public void CutBus() => Tell(cut: true);

    /// <summary>Lets messages through again; those that were sent meanwhile are lost.</summary>
    public void RestoreBus() => Tell(cut: false);

    /// <summary>Waits for writes and messages that are on their way.</summary>
    /// <returns>Completes when nothing is on its way.</returns>
    public async Task SettleAsync()
    {
        while (!_work.IsEmpty)
        {
            await Task.WhenAll(_work.Keys).ConfigureAwait(false);
        }
    }

    internal void Join(ChaosStore store)
    {
        lock (_lock)
        {
            _stores.Add(store);
        }
    }

    internal void Leave(ChaosStore store)
    {
        lock (_lock)
        {
            _stores.Remove(store);
        }
    }

    internal StoredProfile Read(string userId, IReadOnlyList<string> plugins)
    {
        lock (_lock)
        {
            var user = _users.GetValueOrDefault(userId);
            return new StoredProfile(
                user?.EraseToken ?? s_unerased,
                [.. plugins.Select(plugin => user?.Slots.GetValueOrDefault(plugin) is { } held && held.Generation == _generations.GetValueOrDefault(plugin)
                    ? held.Slot : null)]);
        }
    }

    internal long GenerationOf(string plugin)
    {
        lock (_lock)
        {
            return _generations.GetValueOrDefault(plugin);
        }
    }

    /// <summary>Writes a record unless its user was erased since the token was seen, or a newer one is held, of which the writer is told.</summary>
    internal void Write(ChaosStore writer, string userId, EraseToken eraseToken, StoredSlot slot, long generation)
    {
        bool replaced;
        bool superseded;
        lock (_lock)
        {
            var user = _users.GetValueOrDefault(userId) ?? new ChaosUser(s_unerased);
            var held = user.Slots.GetValueOrDefault(slot.Plugin);
            if (user.EraseToken != eraseToken || generation != _generations.GetValueOrDefault(slot.Plugin))
            {
                return;
            }

            superseded = held is not null && held.Generation == generation && held.Slot.FetchedAt > slot.FetchedAt;
            replaced = held is not null && !superseded;
            if (!superseded)
            {
                user.Slots[slot.Plugin] = new ChaosRecord(slot, generation);
                _users[userId] = user;
                _written.SetResult();
                _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (superseded)
        {
            writer.Listener?.Changed(userId, [slot.Plugin]);
        }

        if (replaced)
        {
            Send(writer, listener => listener.Changed(userId, [slot.Plugin]));
        }
    }

    internal void Erase(string userId)
    {
        lock (_lock)
        {
            _users[userId] = new ChaosUser(new EraseToken($"{++_tokens}"));
        }
    }

    internal void Drop(string plugin)
    {
        lock (_lock)
        {
            _generations[plugin] = _generations.GetValueOrDefault(plugin) + 1;
        }
    }

    /// <summary>Tells the other engines something.</summary>
    /// <returns>Whether the bus took the message.</returns>
    internal bool Send(ChaosStore sender, Action<IProfileStoreListener> message)
    {
        IProfileStoreListener[] receivers;
        lock (_lock)
        {
            if (_cut)
            {
                return false;
            }

            receivers = [.. _stores.Where(store => store != sender).Select(store => store.Listener).OfType<IProfileStoreListener>()];
        }

        foreach (var receiver in receivers)
        {
            Run(async () =>
            {
                if (!await Messages.PassAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    message(receiver);
                }
            });
        }

        return true;
    }

    internal void Run(Func<Task> work)
    {
        var task = work();
        if (!task.IsCompleted)
        {
            _work[task] = true;
            _ = task.ContinueWith(
                (done, _) => _work.TryRemove(done, out var _),
                null,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private void Tell(bool cut)
    {
        ChaosStore[] stores;
        lock (_lock)
        {
            if (_cut == cut)
            {
                return;
            }

            _cut = cut;
            stores = [.. _stores];
        }

        foreach (var store in stores)
        {
            if (cut)
            {
                store.Listener?.Disconnected();
            }
            else
            {
                store.Retry();
                store.Listener?.Connected();
            }
        }
    }
}
