namespace FastEnrich.Configuration;

/// <summary>What the texts of section <c>engine.redis</c> must be, for configuration and for what code sets.</summary>
internal static class RedisRules
{
    public const string KeyPrefix = "at most 128 characters without braces";
    public const string Key = "32 bytes in Base64";
    public const string KeyId = "1 to 32 ASCII letters, digits, '-' and '_'";
    public const string Keys = "1 to 16 keys with different ids";

    private const int KeySize = 32;
    private const int MaxKeyId = 32;
    private const int MaxKeys = 16;

    public static bool IsKeyPrefix(string value) => value.Length <= 128 && value.AsSpan().IndexOfAny('{', '}') < 0 && UserId.IsWellFormed(value);

    public static bool IsKey(string value)
    {
        Span<byte> key = stackalloc byte[KeySize];
        return Convert.TryFromBase64String(value, key, out var written) && written == KeySize;
    }

    public static bool IsKeyId(string value) =>
        value.Length is > 0 and <= MaxKeyId && value.All(static character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    public static bool AreKeys(IEnumerable<RedisEncryptionKey> keys)
    {
        var ids = keys.Select(static key => key.Id).ToList();
        return ids.Count is > 0 and <= MaxKeys && ids.Distinct(StringComparer.Ordinal).Count() == ids.Count;
    }
}
