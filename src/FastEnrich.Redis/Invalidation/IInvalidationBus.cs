using FastEnrich.Caching;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// What instances tell each other, what they may have missed, and what is still to be confirmed. Nothing here throws because Redis is away.
/// </summary>
internal interface IInvalidationBus : IAsyncDisposable
{
    /// <summary>Gets what changes whenever a generation does; a record whose flight began under another one is not written.</summary>
    long Epoch { get; }

    /// <summary>Gets what changes when Redis turns out to have lost its data: the erase tokens of before say nothing then.</summary>
    long Life { get; }

    void Start(IProfileStoreListener listener);

    /// <summary>Tells the others that records of a user were replaced; called after the write.</summary>
    ValueTask PublishChangedAsync(string userId, IReadOnlyList<string> plugins);

    /// <summary>Redis kept newer records than this instance had: its own listener is told, as of a change by another instance, which may have had nothing to tell.</summary>
    void Superseded(string userId, IReadOnlyList<string> plugins);

    /// <summary>Tells the others that a user was erased; <see langword="true"/> once the message is with Redis.</summary>
    ValueTask<bool> PublishErasedAsync(string userId);

    /// <summary>Keeps a forget that Redis has not confirmed, or could not pass on, and repeats it until it is.</summary>
    void ForgetUnconfirmed(string userId);

    /// <summary>Whether a forget of this user is still to be confirmed: Redis may hold what was forgotten.</summary>
    bool IsForgetPending(string userId);

    /// <summary>Makes all records of a plugin misses by a new generation, and tells the others; what is not confirmed is repeated.</summary>
    ValueTask<bool> DropAsync(string plugin, CancellationToken cancellationToken);

    /// <summary>The generation that a plugin's records must carry; <see langword="null"/> while it is not known, and then nothing is read or written.</summary>
    long? GenerationOf(string plugin);
}
