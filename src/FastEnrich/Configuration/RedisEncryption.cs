namespace FastEnrich;

/// <summary>How records in Redis are encrypted: AES-256-GCM, with a key per record, and no user id readable anywhere. Section <c>engine.redis.encryption</c>.</summary>
/// <remarks>
/// To rotate, put a new key first and keep the old ones until their records are gone: <see cref="EngineOptions.CacheTtl"/> plus the longer stale window.
/// Give every instance a key as an old one first, so that each can read what the others write.
/// </remarks>
public sealed class RedisEncryption
{
    /// <summary>
    /// Gets or sets the key that user ids are hidden with: 32 bytes in Base64. It is the same for all instances and is not rotated:
    /// another one is an empty tier.
    /// </summary>
    public string IndexKey { get; set; } = "";

    /// <summary>Gets the keys that records are encrypted with. The first writes, all read.</summary>
    /// <value>From 1 to 16 keys with different ids.</value>
    public IList<RedisEncryptionKey> Keys { get; } = [];
}
