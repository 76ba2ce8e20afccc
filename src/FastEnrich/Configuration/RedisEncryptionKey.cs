namespace FastEnrich;

/// <summary>A key that records in Redis are encrypted with.</summary>
/// <param name="id">What records name the key by: 1 to 32 ASCII letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="key">The key: 32 bytes in Base64. Never shown.</param>
public sealed class RedisEncryptionKey(string id, string key)
{
    /// <summary>Gets what records name the key by.</summary>
    public string Id { get; } = id;

    /// <summary>Gets the key.</summary>
    public string Key { get; } = key;
}
