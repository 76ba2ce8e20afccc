using System.Buffers.Binary;
using FastEnrich.Caching;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Records;

public sealed class RecordCodecTests
{
    private const int MaxBytes = 4096;

    private readonly RecordCodec _codec = new(MaxBytes);

    [Fact]
    public void Decode_AnotherUser_IsAMiss() => Assert.Null(Decode(Encode(), userId: "Ann"));

    [Fact]
    public void Decode_AnotherPlugin_IsAMiss() => Assert.Null(Decode(Encode(), plugin: "hubspot2"));

    [Fact]
    public void Decode_UserAndPluginCutElsewhere_IsAMiss() => Assert.Null(Decode(Encode(), userId: "annh", plugin: "ubspot"));

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void Decode_AnotherGeneration_IsAMiss(long generation) => Assert.Null(Decode(Encode(generation: 7), generation: generation));

    [Fact]
    public void Decode_GoneAtTheEndOfItsWindows_IsAMiss()
    {
        var slot = Slots.Create("hubspot");
        var record = _codec.Encode("ann", slot, 0)!;

        Assert.NotNull(_codec.Decode("ann", "hubspot", record, 0, slot.GoneAt.UtcTicks - 1));
        Assert.Null(_codec.Decode("ann", "hubspot", record, 0, slot.GoneAt.UtcTicks));
    }

    [Fact]
    public void Encode_AsLargeAsAllowed_IsRead_AndOneByteMoreIsNot()
    {
        var overhead = Encode(Slots.Create("hubspot", bytes: 1000)).Length - 1000;
        var largest = Encode(Slots.Create("hubspot", bytes: MaxBytes - overhead));

        Assert.Equal(MaxBytes, largest.Length);
        Assert.NotNull(Decode(largest));
        Assert.Null(_codec.Encode("ann", Slots.Create("hubspot", bytes: MaxBytes - overhead + 1), 0));
        Assert.Null(new RecordCodec(MaxBytes - 1).Decode("ann", "hubspot", largest, 0, Slots.Now.UtcTicks));
    }

    [Fact]
    public void Encode_TextThatTheFormatHasNoRoomFor_IsRefused() =>
        Assert.Null(new RecordCodec(1 << 20).Encode("ann", Slots.Create("hubspot") with { Validator = new string('v', 65_536) }, 0));

    [Fact]
    public void Decode_NextVersionOfTheFormat_IsAMiss()
    {
        var record = Encode();
        record[2]++;

        Assert.Null(Decode(Guarded(record)));
    }

    [Fact]
    public void Decode_UnknownFlag_IsAMiss()
    {
        var record = Encode();
        record[3] |= 0x80;

        Assert.Null(Decode(Guarded(record)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.01)]
    [InlineData(-0.01)]
    public void Decode_ConfidenceOutOfRange_IsAMiss(double confidence) => Assert.Null(Decode(Encode(Slots.Create("hubspot") with { Confidence = confidence })));

    [Fact]
    public void Decode_TimesInAnImpossibleOrder_IsAMiss() =>
        Assert.Null(Decode(Encode(Slots.Create("hubspot") with { FreshUntil = Slots.Now.AddSeconds(-1) })));

    [Fact]
    public void Decode_NotFound_HasNoPayload()
    {
        var slot = Decode(Encode(Slots.Create("hubspot") with { Payload = default, Confidence = 0 }));

        Assert.NotNull(slot);
        Assert.False(slot.Found);
    }

    [Fact]
    public void Decode_HugeLengthBehindAGoodGuard_IsAMissWithoutAllocating()
    {
        var record = Encode();
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(RecordHeader.Size + 32), ushort.MaxValue);
        Guarded(record);
        Decode(record);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(Decode(record));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512);
    }

    [Fact]
    public void Decode_TextThatIsNotUtf8_IsAMiss()
    {
        var record = Encode(Slots.Create("hubspot") with { DataVersion = "v" });
        record[RecordHeader.Size + 34] = 0xFF;

        Assert.Null(Decode(Guarded(record)));
    }

    private byte[] Encode(StoredSlot? slot = null, long generation = 0) => _codec.Encode("ann", slot ?? Slots.Create("hubspot"), generation)!;

    private StoredSlot? Decode(byte[] record, string userId = "ann", string plugin = "hubspot", long generation = 0) =>
        _codec.Decode(userId, plugin, record, generation, Slots.Now.UtcTicks);

    private static byte[] Guarded(byte[] record)
    {
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(^RecordGuard.Size..), RecordGuard.Compute("ann", "hubspot", record.AsSpan(..^RecordGuard.Size)));
        return record;
    }
}
