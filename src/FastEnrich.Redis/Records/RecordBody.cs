using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using FastEnrich.Caching;

namespace FastEnrich.Redis.Records;

/// <summary>
/// What follows the header: fingerprint, confidence and ttl, then texts behind 16-bit lengths (data version, validator, identities behind their
/// count), then the payload up to the end.
/// </summary>
internal static class RecordBody
{
    private const int FixedSize = 32;

    private static readonly Dictionary<string, string> s_none = [];

    /// <summary>The size of a slot's body; -1 when the format has no room for one of its texts.</summary>
    public static int Measure(StoredSlot slot)
    {
        var size = FixedSize + slot.Payload.Length + 1;
        if (!TryAdd(slot.DataVersion, ref size) || (slot.Validator is { } validator && !TryAdd(validator, ref size)) || slot.Identities?.Count > byte.MaxValue)
        {
            return -1;
        }

        foreach (var (name, value) in slot.Identities ?? s_none)
        {
            if (!TryAdd(name, ref size) || !TryAdd(value, ref size))
            {
                return -1;
            }
        }

        return size;
    }

    public static void Write(StoredSlot slot, Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, slot.Fingerprint.High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], slot.Fingerprint.Low);
        BinaryPrimitives.WriteDoubleBigEndian(destination[16..], slot.Confidence);
        BinaryPrimitives.WriteInt64BigEndian(destination[24..], slot.Ttl.Ticks);
        destination = destination[FixedSize..];
        Write(slot.DataVersion, ref destination);
        if (slot.Validator is { } validator)
        {
            Write(validator, ref destination);
        }

        destination[0] = (byte)(slot.Identities?.Count ?? 0);
        destination = destination[1..];
        foreach (var (name, value) in slot.Identities ?? s_none)
        {
            Write(name, ref destination);
            Write(value, ref destination);
        }

        slot.Payload.Span.CopyTo(destination);
    }

    /// <summary>The slot of a body; <see langword="null"/> when it is not one. The payload is a part of <paramref name="body"/>, not a copy.</summary>
    public static StoredSlot? Read(string plugin, in RecordHeader header, ReadOnlyMemory<byte> body, RecentTexts texts)
    {
        var rest = body.Span;
        if (rest.Length < FixedSize)
        {
            return null;
        }

        var fingerprint = new Fingerprint(BinaryPrimitives.ReadUInt64BigEndian(rest), BinaryPrimitives.ReadUInt64BigEndian(rest[8..]));
        var confidence = BinaryPrimitives.ReadDoubleBigEndian(rest[16..]);
        var ttl = BinaryPrimitives.ReadInt64BigEndian(rest[24..]);
        rest = rest[FixedSize..];
        string? validator = null;
        if (confidence is not (>= 0 and <= 1)
            || ttl < 0
            || !TryRead(ref rest, out var dataVersion, texts)
            || (header.Flags.HasFlag(RecordFlags.Validator) && !TryRead(ref rest, out validator))
            || !TryReadIdentities(ref rest, out var identities)
            || rest.IsEmpty == header.Flags.HasFlag(RecordFlags.Found))
        {
            return null;
        }

        return new StoredSlot
        {
            Plugin = plugin,
            Payload = body[^rest.Length..],
            Confidence = confidence,
            Ttl = new TimeSpan(ttl),
            FetchedAt = new DateTimeOffset(header.FetchedAt, TimeSpan.Zero),
            FreshUntil = new DateTimeOffset(header.FreshUntil, TimeSpan.Zero),
            GoneAt = new DateTimeOffset(header.GoneAt, TimeSpan.Zero),
            Fingerprint = fingerprint,
            DataVersion = dataVersion!,
            Identities = identities,
            Validator = validator,
        };
    }

    private static bool TryAdd(string text, ref int size)
    {
        if (text.Length > ushort.MaxValue || Encoding.UTF8.GetByteCount(text) is var bytes && bytes > ushort.MaxValue)
        {
            return false;
        }

        size += 2 + bytes;
        return true;
    }

    private static void Write(string text, ref Span<byte> destination)
    {
        var length = Encoding.UTF8.GetBytes(text, destination[2..]);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)length);
        destination = destination[(2 + length)..];
    }

    private static bool TryRead(ref ReadOnlySpan<byte> rest, out string? text, RecentTexts? texts = null)
    {
        text = null;
        if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && length > rest.Length - 2 || !Utf8.IsValid(rest.Slice(2, length)))
        {
            return false; // lengths are compared with what is there before anything is made of them
        }

        text = texts is null ? Encoding.UTF8.GetString(rest.Slice(2, length)) : texts.Of(rest.Slice(2, length));
        rest = rest[(2 + length)..];
        return true;
    }

    private static bool TryReadIdentities(ref ReadOnlySpan<byte> rest, out Dictionary<string, string>? identities)
    {
        identities = null;
        if (rest.IsEmpty)
        {
            return false;
        }

        var count = rest[0];
        rest = rest[1..];
        for (var i = 0; i < count; i++)
        {
            if (!TryRead(ref rest, out var name) || !TryRead(ref rest, out var value) || !(identities ??= new(StringComparer.Ordinal)).TryAdd(name!, value!))
            {
                return false;
            }
        }

        return true;
    }
}
