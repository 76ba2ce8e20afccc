namespace FastEnrich.Caching;

/// <summary>The second tier. It may be slow, full or away at any moment: no call of it may fail or delay a request beyond its own budget.</summary>
internal interface IProfileStore
{
    /// <summary>Reads some plugins' records of one user with one round trip. Throws or is cancelled when the tier is away.</summary>
    ValueTask<StoredProfile> ReadAsync(string userId, IReadOnlyList<string> plugins, CancellationToken cancellationToken);

    /// <summary>Queues a record for the background writer; <see langword="false"/> when the queue is full and the record is dropped.</summary>
    bool TryEnqueueWrite(string userId, string eraseToken, StoredSlot slot);

    /// <summary>Erases a user and changes its erase token, so that writes on their way are refused.</summary>
    ValueTask<(bool Erased, bool Published)> ForgetAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Has a callback called for each user that another instance changed or erased.</summary>
    IDisposable Subscribe(Action<string, bool> onChanged);
}
