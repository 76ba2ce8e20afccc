using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace FastEnrich.Redis.Records;

/// <summary>
/// The four bytes at the end of a plain record: CRC-32C over the user, the plugin and the record. The processor computes it, it finds every
/// damage within 32 bits, and a record that lies under another user or plugin does not pass. Against intent there is encryption.
/// </summary>
internal static class RecordGuard
{
    public const int Size = 4;

    public static uint Compute(string userId, string plugin, ReadOnlySpan<byte> record)
    {
        Span<byte> place = stackalloc byte[4 + UserId.MaxUtf8Bytes];
        var length = Encoding.UTF8.GetBytes(userId, place[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(place, length); // no two places share one text
        var crc = Add(uint.MaxValue, place[..(4 + length)]);
        crc = Add(crc, MemoryMarshal.AsBytes(plugin.AsSpan()));
        return ~Add(crc, record);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
