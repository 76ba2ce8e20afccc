using FastEnrich.Caching;

namespace FastEnrich.Redis.Writing;

/// <summary>What a flight was shown when it read, and must show when its result is written: the erase token, the epoch of the generations, and when that was.</summary>
internal sealed record WriteTicket(string Erasure, long Epoch, long ReadAt) : EraseToken(Erasure)
{
    /// <summary>No token of ours is longer, in bytes; a longer one in Redis is not ours.</summary>
    public const int MaxTokenLength = 64;
}
