using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FastEnrich.Caching;

/// <summary>What a user was looked up by: the default for the user id alone, else a digest of the identities.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low)
{
    /// <summary>What nobody is looked up by.</summary>
    public static Fingerprint Nobody { get; } = new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>Digests identities, given in ascending order of name; lengths are part of the digest, so no two lists share one text.</summary>
    public static Fingerprint Of(ReadOnlySpan<KeyValuePair<string, string>> identities)
    {
        if (identities.IsEmpty)
        {
            return default;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in identities)
        {
            Append(hash, name);
            Append(hash, value);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new(BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]));
    }

    public override string ToString() => nameof(Fingerprint);

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
