namespace FastEnrich.Redis.Writing;

/// <summary>What became of one user's records: sent, not sent because there was nothing to send, or failed for a reason of one word.</summary>
internal readonly record struct SendResult(bool IsSent, string? Failure)
{
    public static SendResult Nothing => default;

    public static SendResult Sent => new(true, null);

    public static SendResult Failed(string kind) => new(false, kind);
}
