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
}
