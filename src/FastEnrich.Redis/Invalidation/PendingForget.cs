namespace FastEnrich.Redis.Invalidation;

/// <summary>A forget to be confirmed. Compared by reference: a second forget of the same user is another one.</summary>
internal sealed class PendingForget(string userId, long since)
{
    public string UserId { get; } = userId;

    /// <summary>Gets the time provider's timestamp of the call.</summary>
    public long Since { get; } = since;
}
