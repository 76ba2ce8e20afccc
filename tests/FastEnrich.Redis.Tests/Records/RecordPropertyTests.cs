using CsCheck;
using FastEnrich.Caching;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Records;

/// <summary>What holds for every record, plain and encrypted.</summary>
public sealed class RecordPropertyTests
{
    private static readonly RecordCodec Plain = new(1 << 20);
    private static readonly RecordCodec Sealed = new(1 << 20, new RecordCipher([new MasterKey("k1", new byte[MasterKey.Size])]));

    private static readonly Gen<RecordCodec> Codecs = Gen.Bool.Select(static isSealed => isSealed ? Sealed : Plain);

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame() => Gen.Select(Codecs, Slots.UserIds, Slots.Any, Gen.Long).Sample((codec, userId, slot, generation) =>
    {
        var record = codec.Encode(userId, slot, generation)!;

        return AreSame(slot, codec.Decode(userId, slot.Plugin, record, generation, Slots.Now.UtcTicks));
    });

    [Fact]
    public void Decode_EveryTruncation_IsAMiss() => Gen.Select(Codecs, Slots.Any).Sample(
        (codec, slot) =>
        {
            var record = codec.Encode("ann", slot, 0)!;

            return Enumerable.Range(0, record.Length).All(length => Decode(codec, record[..length]) is null);
        },
        iter: 30);

    [Fact]
    public void Decode_EverySingleByteFlip_IsAMiss() => Gen.Select(Codecs, Slots.Any, Gen.Byte[1, 255]).Sample(
        (codec, slot, flip) =>
        {
            var record = codec.Encode("ann", slot, 0)!;

            return Enumerable.Range(0, record.Length).All(index =>
            {
                var damaged = record.ToArray();
                damaged[index] ^= flip;
                return Decode(codec, damaged) is null;
            });
        },
        iter: 30);

    [Fact]
    public void Decode_Longer_IsAMiss() => Gen.Select(Codecs, Slots.Any, Gen.Byte.Array[1, 20]).Sample((codec, slot, more) =>
        Decode(codec, [.. codec.Encode("ann", slot, 0)!, .. more]) is null);

    [Fact]
    public void Decode_RandomBytes_IsAMiss() => Gen.Select(Codecs, Gen.Byte.Array[0, 300], Gen.Bool).Sample((codec, bytes, isLike) =>
        Decode(codec, isLike ? [.. RecordHeader.Magic, .. bytes] : bytes) is null);

    private static StoredSlot? Decode(RecordCodec codec, byte[] record) => codec.Decode("ann", "hubspot", record, 0, Slots.Now.UtcTicks);

    private static bool AreSame(StoredSlot slot, StoredSlot? read) =>
        read is not null
        && read.Payload.Span.SequenceEqual(slot.Payload.Span)
        && (read.Identities ?? new Dictionary<string, string>()).OrderBy(static pair => pair.Key, StringComparer.Ordinal).SequenceEqual(slot.Identities!.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        && read with { Payload = slot.Payload, Identities = slot.Identities } == slot;
}
