using FastEnrich.Caching;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Records;

/// <summary>
/// Instances of several builds share one Redis: what one wrote, the others read. Where these bytes have to change, the number of the format and that of the
/// keys change with them.
/// </summary>
public sealed class RecordFormatTests
{
    private const string UserId = "ann ä";
    private const long Generation = 7;

    private const string Plain =
        "46450103" + "08DED76846F1A000" + "08DED76C77D3D400" + "08DED831715B6000" + "0000000000000007" // header: format and flags, times, generation
        + "0102030405060708090A0B0C0D0E0F10" + "3FE0000000000000" + "0000000430E23400" // fingerprint, confidence, ttl
        + "000131" + "000465746167" + "010005656D61696C0004C3A44062" // data version, validator, identities
        + "7B22636F6E666964656E6365223A302E357D" + "84A0E082"; // payload, guard

    private const string Sealed =
        "46450107" + "08DED76846F1A000" + "08DED76C77D3D400" + "08DED831715B6000" + "0000000000000007"
        + "026B31" + "1F21DE925BBFB8A6E4578C5C6EDF7F124EA7BCBA3A92FE3FBD29E1DEBB32B601" // key id, salt
        + "F17A3944D1AAC00E7CAADAF91A7A460AAE275EE4B7B68D43ECA34A985764E0030F4175E2D4AF735E03ACA9406E6B2686B0CCC93106B1E59D087C6C5C30090117B4B447F6EF86E298"
        + "A4652FF6CB82903344A5501DF9D1A39E25"; // its last sixteen bytes are the tag

    private static readonly MasterKey s_key = new("k1", [.. Enumerable.Range(0, MasterKey.Size).Select(static i => (byte)i)]);

    private static readonly StoredSlot s_slot = Slots.Create("hubspot") with
    {
        Payload = """{"confidence":0.5}"""u8.ToArray(),
        Fingerprint = new(0x0102030405060708, 0x090A0B0C0D0E0F10),
        Identities = new Dictionary<string, string> { ["email"] = "ä@b" },
        Validator = "etag",
    };

    private readonly RecordCodec _plain = new(4096);
    private readonly RecordCodec _sealed = new(4096, new RecordCipher([s_key]));

    [Fact]
    public void Encode_Plain_IsTheFormatByteForByte() =>
        Assert.Equal(Plain, Convert.ToHexString(_plain.Encode(UserId, s_slot, Generation)!));

    [Fact]
    public void Encode_Sealed_DiffersFromTheFormatInSaltBodyAndTagAlone()
    {
        const int UpToTheSalt = (36 + 3) * 2;
        var record = Convert.ToHexString(_sealed.Encode(UserId, s_slot, Generation)!);

        Assert.Equal((Sealed[..UpToTheSalt], Sealed.Length), (record[..UpToTheSalt], record.Length));
    }

    [Theory]
    [InlineData(Plain, false)]
    [InlineData(Sealed, true)]
    public void Decode_RecordOfAnotherBuild_IsWhatItWrote(string record, bool isSealed)
    {
        var slot = (isSealed ? _sealed : _plain).Decode(UserId, "hubspot", Convert.FromHexString(record), Generation, Slots.Now.UtcTicks)!;

        Assert.Equal(s_slot, slot with { Payload = s_slot.Payload, Identities = s_slot.Identities });
        Assert.Equal(s_slot.Payload.ToArray(), slot.Payload.ToArray());
        Assert.Equal(s_slot.Identities, slot.Identities);
    }
}
