using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FastEnrich.Redis.Keys;

/// <summary>
/// Hides user ids from whoever can read Redis: a keyed hash in keys, the encrypted id in messages. Both come from the index key, which is not
/// rotated with the others: another hash for a user would lose the entry, and a forget would miss it.
/// </summary>
internal sealed class UserSeal
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _hashKey;
    private readonly byte[] _messageKey;

    public UserSeal(ReadOnlySpan<byte> indexKey)
    {
        var master = indexKey.ToArray();
        _hashKey = HKDF.Expand(HashAlgorithmName.SHA256, master, 32, "fastenrich index"u8.ToArray());
        _messageKey = HKDF.Expand(HashAlgorithmName.SHA256, master, 32, "fastenrich message"u8.ToArray());
        CryptographicOperations.ZeroMemory(master);
    }

    public string Hash(string userId)
    {
        Span<byte> id = stackalloc byte[UserId.MaxUtf8Bytes];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_hashKey, id[..Encoding.UTF8.GetBytes(userId, id)], hash);
        return Base64Url.EncodeToString(hash);
    }

    public byte[] Seal(string userId)
    {
        Span<byte> id = stackalloc byte[UserId.MaxUtf8Bytes];
        id = id[..Encoding.UTF8.GetBytes(userId, id)];
        var message = new byte[NonceSize + id.Length + TagSize];
        RandomNumberGenerator.Fill(message.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_messageKey, TagSize);
        aes.Encrypt(message.AsSpan(0, NonceSize), id, message.AsSpan(NonceSize, id.Length), message.AsSpan(^TagSize));
        return message;
    }

    public string? TryOpen(ReadOnlySpan<byte> message)
    {
        var length = message.Length - NonceSize - TagSize;
        if (length is < 1 or > UserId.MaxUtf8Bytes)
        {
            return null;
        }

        Span<byte> id = stackalloc byte[length];
        using var aes = new AesGcm(_messageKey, TagSize);
        try
        {
            aes.Decrypt(message[..NonceSize], message.Slice(NonceSize, length), message[^TagSize..], id);
            return Encoding.UTF8.GetString(id);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override string ToString() => nameof(UserSeal);
}
