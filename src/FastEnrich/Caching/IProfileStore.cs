namespace FastEnrich.Caching;

/// <summary>
/// The second tier. It may be slow, full or away at any moment: no call of it may fail or delay a request beyond its own budget. Thread-safe.
/// </summary>
internal interface IProfileStore : IAsyncDisposable
{
    /// <summary>Starts connecting in the background, and keeps trying; never waits for the tier and never throws because it is away.</summary>
    /// <param name="listener">Told what other instances do, and whether it can be told; called on threads of the tier, which it must not hold up.</param>
    void Start(IProfileStoreListener listener);

    /// <summary>Reads some plugins' records of one user, and the user's erase token, with one round trip. Throws or is cancelled when the tier is away.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="plugins">Whose records.</param>
    /// <param name="cancellationToken">The read's budget: with it the read ends, whatever the tier does, and its token is used no more.</param>
    ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken);

    /// <summary>Queues a record for the background writer; <see langword="false"/> when the queue is full and the record is dropped.</summary>
    bool TryEnqueueWrite(string userId, EraseToken eraseToken, StoredSlot slot);

    /// <summary>Completes when the writer's queue has room again: bulk work waits where a request drops. Completes at once while the tier is away.</summary>
    ValueTask WaitForRoomAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Erases a user and changes its erase token, so that writes on their way are refused; then tells the other instances.
    /// What could not be confirmed is retried.
    /// </summary>
    ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Makes all records of one plugin misses, in one step, here and in the other instances.</summary>
    /// <returns>Whether the tier has confirmed it; otherwise it is retried.</returns>
    ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken);
}
