using System.Buffers.Binary;
using FastEnrich.Caching;
using FastEnrich.Redis.Encryption;

namespace FastEnrich.Redis.Records;

/// <summary>
/// Slots as the bytes of a field, and back. What is in Redis is not trusted: whatever cannot be read, is damaged, too large, of another format,
/// user, plugin or generation, or gone, is a miss and never an exception.
/// </summary>
internal sealed class RecordCodec(int maxBytes, RecordCipher? cipher = null)
{
    private readonly RecentTexts _versions = new();

    /// <summary>The bytes of a slot; <see langword="null"/> when they are more than allowed.</summary>
    public byte[]? Encode(string userId, StoredSlot slot, long generation)
    {
        var bodySize = RecordBody.Measure(slot);
        var size = RecordHeader.Size + bodySize + (cipher?.Overhead ?? RecordGuard.Size);
        if (bodySize < 0 || size > maxBytes)
        {
            return null;
        }

        var flags = (slot.Found ? RecordFlags.Found : RecordFlags.None)
            | (slot.Validator is null ? RecordFlags.None : RecordFlags.Validator)
            | (cipher is null ? RecordFlags.None : RecordFlags.Sealed);
        var record = new byte[size];
        new RecordHeader(flags, slot.FetchedAt.UtcTicks, slot.FreshUntil.UtcTicks, slot.GoneAt.UtcTicks, generation).Write(record);
        if (cipher is not null)
        {
            RecordBody.Write(slot, cipher.BodyOf(record));
            cipher.Seal(userId, slot.Plugin, record);
            return record;
        }

        RecordBody.Write(slot, record.AsSpan(RecordHeader.Size));
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(^RecordGuard.Size..), RecordGuard.Compute(userId, slot.Plugin, record.AsSpan(..^RecordGuard.Size)));
        return record;
    }

    /// <summary>The slot of a field; <see langword="null"/> for a miss. Its payload is a part of <paramref name="record"/> where it can be.</summary>
    public StoredSlot? Decode(string userId, string plugin, ReadOnlyMemory<byte> record, long generation, long now)
    {
        if (record.Length > maxBytes
            || !RecordHeader.TryRead(record.Span, out var header)
            || header.Generation != generation
            || header.GoneAt <= now
            || header.Flags.HasFlag(RecordFlags.Sealed) == cipher is null)
        {
            return null;
        }

        var body = cipher is null ? Unguard(userId, plugin, record) : cipher.Open(userId, plugin, record);
        return body is { } readable ? RecordBody.Read(plugin, header, readable, _versions) : null;
    }

    private static ReadOnlyMemory<byte>? Unguard(string userId, string plugin, ReadOnlyMemory<byte> record)
    {
        if (record.Length < RecordHeader.Size + RecordGuard.Size)
        {
            return null;
        }

        var guarded = record[..^RecordGuard.Size];
        return BinaryPrimitives.ReadUInt32BigEndian(record.Span[guarded.Length..]) == RecordGuard.Compute(userId, plugin, guarded.Span)
            ? guarded[RecordHeader.Size..]
            : null;
    }
}
