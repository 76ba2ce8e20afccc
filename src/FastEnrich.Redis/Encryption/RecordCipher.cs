using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FastEnrich.Redis.Records;

namespace FastEnrich.Redis.Encryption;

/// <summary>
/// Encrypts what follows a record's header. Each record has a key of its own, HKDF(master, salt of the record, user, plugin), so none is ever used
/// twice; header, key id and salt are authenticated with it, so a record that was moved or backdated does not open.
/// </summary>
/// <remarks>After the header: the length of the key's id, the id, the salt, the encrypted body, the tag.</remarks>
internal sealed class RecordCipher
{
    private const int SaltSize = 32; // as the hash: no two records of all time share a key
    private const int TagSize = 16;
    private const int KeySize = 32;
    private const int NonceSize = 12; // the salt's beginning: a key that is used once asks nothing of its nonce

    private readonly MasterKey _newest;
    private readonly MasterKey[] _keys;

    /// <param name="keys">The newest first: it writes, and all read.</param>
    public RecordCipher(IReadOnlyList<MasterKey> keys)
    {
        _keys = [.. keys];
        _newest = _keys[0];
    }

    /// <summary>By how much a record is longer than header and body.</summary>
    public int Overhead => 1 + _newest.Id.Length + SaltSize + TagSize;

    /// <summary>Where the body of a new record goes, before it is sealed in place.</summary>
    public Span<byte> BodyOf(Span<byte> record) => record[BodyStart(_newest)..^TagSize];

    public void Seal(string userId, string plugin, Span<byte> record)
    {
        record[RecordHeader.Size] = (byte)_newest.Id.Length;
        _newest.Id.CopyTo(record[(RecordHeader.Size + 1)..]);
        var salt = record.Slice(BodyStart(_newest) - SaltSize, SaltSize);
        RandomNumberGenerator.Fill(salt);

        Span<byte> key = stackalloc byte[KeySize];
        Derive(_newest, salt, userId, plugin, key);
        using var aes = new AesGcm(key, TagSize);
        var body = BodyOf(record);
        aes.Encrypt(salt[..NonceSize], body, body, record[^TagSize..], record[..BodyStart(_newest)]);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>The body of a record; <see langword="null"/> when its key is not known or it was not sealed for this place.</summary>
    public ReadOnlyMemory<byte>? Open(string userId, string plugin, ReadOnlyMemory<byte> record)
    {
        if (KeyOf(record.Span) is not { } master || record.Length < BodyStart(master) + TagSize)
        {
            return null;
        }

        var span = record.Span;
        var start = BodyStart(master);
        var salt = span.Slice(start - SaltSize, SaltSize);
        Span<byte> key = stackalloc byte[KeySize];
        Derive(master, salt, userId, plugin, key);
        using var aes = new AesGcm(key, TagSize);
        CryptographicOperations.ZeroMemory(key);
        var body = new byte[record.Length - start - TagSize];
        try
        {
            aes.Decrypt(salt[..NonceSize], span[start..^TagSize], span[^TagSize..], body, span[..start]);
            return body;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public override string ToString() => nameof(RecordCipher);

    private static int BodyStart(MasterKey key) => RecordHeader.Size + 1 + key.Id.Length + SaltSize;

    /// <summary>One step of HKDF's expansion; the extraction before it is for masters that are not random themselves (RFC 5869, 3.3).</summary>
    private static void Derive(MasterKey master, ReadOnlySpan<byte> salt, string userId, string plugin, Span<byte> key)
    {
        Span<byte> info = stackalloc byte[SaltSize + 4 + UserId.MaxUtf8Bytes + Encoding.UTF8.GetMaxByteCount(plugin.Length)];
        salt.CopyTo(info);
        var length = Encoding.UTF8.GetBytes(userId, info[(SaltSize + 4)..]);
        BinaryPrimitives.WriteInt32BigEndian(info[SaltSize..], length); // so that no two places share one text
        length += SaltSize + 4;
        length += Encoding.UTF8.GetBytes(plugin, info[length..]);
        HKDF.Expand(HashAlgorithmName.SHA256, master.Secret, key, info[..length]);
    }

    private MasterKey? KeyOf(ReadOnlySpan<byte> record)
    {
        if (record.Length <= RecordHeader.Size || record[RecordHeader.Size] is var length && length > record.Length - RecordHeader.Size - 1)
        {
            return null;
        }

        var id = record.Slice(RecordHeader.Size + 1, length);
        foreach (var key in _keys)
        {
            if (id.SequenceEqual(key.Id))
            {
                return key;
            }
        }

        return null;
    }
}
