using FastEnrich.Caching;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>The real tier, and what passed between it and its engine.</summary>
internal sealed class WatchedStore(IProfileStore store) : IProfileStore, IProfileStoreListener
{
    private IProfileStoreListener _listener = null!;
    private volatile bool _connected;
    private int _erased;
    private int _changed;
    private int _gaps;

    /// <summary>Gets whether messages of other instances arrive.</summary>
    public bool IsConnected => _connected;

    public int Erasures => Volatile.Read(ref _erased);

    public int Changes => Volatile.Read(ref _changed);

    public int Gaps => Volatile.Read(ref _gaps);

    /// <summary>Gets or sets what happens to a write before it is queued.</summary>
    public Func<string, EraseToken, StoredSlot, bool> Write { get; set; } = store.TryEnqueueWrite;

    public void Start(IProfileStoreListener listener)
    {
        _listener = listener;
        store.Start(this);
    }

    public ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken) => store.ReadAsync(userId, plugins, cancellationToken);

    public bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot) => Write(userId, eraseToken, slot);

    /// <summary>Queues a write that was held back.</summary>
    public bool Pass(string userId, EraseToken eraseToken, StoredSlot slot) => store.TryEnqueueWrite(userId, eraseToken, slot);

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => store.WaitForRoomAsync(cancellationToken);

    public ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken) => store.ForgetAsync(userId, cancellationToken);

    public ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken) => store.DropAsync(plugin, cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    public void Changed(string userId, IReadOnlyList<string> plugins)
    {
        _listener.Changed(userId, plugins);
        Interlocked.Increment(ref _changed);
    }

    public void Erased(string userId)
    {
        _listener.Erased(userId);
        Interlocked.Increment(ref _erased);
    }

    public void Dropped(string plugin) => _listener.Dropped(plugin);

    public void Disconnected()
    {
        _connected = false;
        _listener.Disconnected();
        Interlocked.Increment(ref _gaps);
    }

    public void Connected()
    {
        _listener.Connected();
        _connected = true;
    }
}
