using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

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
        var crc = BitOperations.Crc32C(uint.MaxValue, (uint)userId.Length); // no two places share one text
        crc = Add(crc, MemoryMarshal.AsBytes(userId.AsSpan()));
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

        if (bytes.Length >= 4)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[4..];
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }
}
