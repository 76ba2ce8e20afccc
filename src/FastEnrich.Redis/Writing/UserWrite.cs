using FastEnrich.Caching;

namespace FastEnrich.Redis.Writing;

/// <summary>What waits to be written for one user: at most one record of each plugin, the newest.</summary>
internal sealed class UserWrite(string userId, WriteTicket ticket, long enqueuedAt)
{
    public string UserId { get; } = userId;

    public WriteTicket Ticket { get; set; } = ticket;

    public long EnqueuedAt { get; } = enqueuedAt;

    public List<StoredSlot> Slots { get; } = [];

    public long Bytes { get; set; }
}
