namespace FastEnrich.Redis.Erasing;

/// <summary>Erases a user in one step and leaves a new erase token, which refuses every write that is on its way.</summary>
internal static class EraseScript
{
    /// <summary>
    /// How long a token stands: longer than anything that read before it can take to write. A flight may write for ten minutes after its read
    /// (<see cref="Writing.ProfileWriter.MaxFlightLife"/>, measured on its own monotonic clock), its record then waits for half a minute at most,
    /// and the command may be held up by the network for as long as TCP tries, some fifteen minutes.
    /// </summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(1);

    // KEYS: the user. ARGV: the new token, its life in ms. DEL comes first: a script that has written may write on when memory is short.
    public const string Text =
        """
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], '!', ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2])
        return 1
        """;
}
