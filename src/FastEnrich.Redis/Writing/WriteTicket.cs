using FastEnrich.Caching;

namespace FastEnrich.Redis.Writing;

/// <summary>
/// What a flight was shown when it read, and must show when its result is written: the erase token, the epoch of the generations, and when that was; and in which
/// life of Redis, since one that has lost its data has lost the tokens with it.
/// </summary>
internal sealed record WriteTicket(string Erasure, long Epoch, long ReadAt, long Life = 0) : EraseToken(Erasure)
{
    /// <summary>No token of ours is longer, in bytes; a longer one in Redis is not ours.</summary>
    public const int MaxTokenLength = 64;

    public override bool IsSameErasure(EraseToken? other) => other is WriteTicket ticket && ticket.Life == Life && base.IsSameErasure(other);
}
