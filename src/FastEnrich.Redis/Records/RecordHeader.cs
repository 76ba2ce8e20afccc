using System.Buffers.Binary;

namespace FastEnrich.Redis.Records;

/// <summary>
/// The part of a record that is never encrypted: 36 bytes, integers big-endian. The write script reads the fetch time where it lies here, and an
/// encrypted record is sealed over it.
/// </summary>
internal readonly record struct RecordHeader(RecordFlags Flags, long FetchedAt, long FreshUntil, long GoneAt, long Generation)
{
    public const int Size = 36;

    /// <summary>What every record of this format begins with; the third byte is the format's version.</summary>
    public static ReadOnlySpan<byte> Magic => [(byte)'F', (byte)'E', 1];

    public void Write(Span<byte> destination)
    {
        Magic.CopyTo(destination);
        destination[3] = (byte)Flags;
        BinaryPrimitives.WriteInt64BigEndian(destination[4..], FetchedAt);
        BinaryPrimitives.WriteInt64BigEndian(destination[12..], FreshUntil);
        BinaryPrimitives.WriteInt64BigEndian(destination[20..], GoneAt);
        BinaryPrimitives.WriteInt64BigEndian(destination[28..], Generation);
    }

    public static bool TryRead(ReadOnlySpan<byte> source, out RecordHeader header)
    {
        header = default;
        if (source.Length < Size || !source.StartsWith(Magic) || (source[3] & ~(byte)RecordFlags.All) != 0)
        {
            return false;
        }

        header = new(
            (RecordFlags)source[3],
            BinaryPrimitives.ReadInt64BigEndian(source[4..]),
            BinaryPrimitives.ReadInt64BigEndian(source[12..]),
            BinaryPrimitives.ReadInt64BigEndian(source[20..]),
            BinaryPrimitives.ReadInt64BigEndian(source[28..]));
        return header.FetchedAt >= 0
            && header.FreshUntil >= header.FetchedAt
            && header.GoneAt >= header.FreshUntil
            && header.GoneAt <= DateTime.MaxValue.Ticks;
    }
}
