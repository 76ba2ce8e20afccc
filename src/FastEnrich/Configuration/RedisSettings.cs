namespace FastEnrich;

/// <summary>How the second tier is reached. Section <c>engine.redis</c>; has an effect only where a Redis tier is added.</summary>
public sealed class RedisSettings
{
    /// <summary>Gets or sets where Redis is: <c>redis://</c>, <c>rediss://</c> or a StackExchange.Redis string. It may hold a password and is never shown.</summary>
    /// <value><see langword="null"/>, the default, for no Redis.</value>
    public string? Connection { get; set; }

    /// <summary>Gets or sets what all keys begin with; engines with different prefixes share nothing.</summary>
    /// <value>At most 128 characters, without braces, which would move all users to one cluster slot. The default is empty.</value>
    public string KeyPrefix { get; set; } = "";

    /// <summary>Gets or sets for how long, while messages from other instances may be missed, memory is still served without asking Redis again.</summary>
    /// <value>From zero (strict: nothing is served that other instances may have erased) to 30 days. The default is 60 seconds.</value>
    public TimeSpan DisconnectedServing { get; set; } = TimeSpan.FromSeconds(60); // a restart or failover of Redis is over by then

    /// <summary>Gets or sets how many bytes one plugin's record of one user may take; larger results stay in memory alone.</summary>
    /// <value>From 1 KiB to 16 MiB. The default is 64 KiB.</value>
    public int MaxRecordBytes { get; set; } = 64 * 1024; // half a millisecond of a gigabit: a record delays all reads behind it

    /// <summary>Gets or sets how many records may wait to be written. Requests never wait: what finds no room is dropped.</summary>
    /// <value>From 16 to 1,000,000. The default is 8,192.</value>
    public int WriteQueue { get; set; } = 8192; // a bulk window of users with six plugins

    /// <summary>Gets or sets how many reads may be in flight; what finds no room is fetched from the upstreams.</summary>
    /// <value>From 1 to 65,536. The default is 256.</value>
    public int MaxReads { get; set; } = 256; // measured: beyond it one connection only queues, and the reads miss their deadline

    /// <summary>Gets or sets how records are encrypted.</summary>
    /// <value><see langword="null"/>, the default, for no encryption.</value>
    public RedisEncryption? Encryption { get; set; }
}
