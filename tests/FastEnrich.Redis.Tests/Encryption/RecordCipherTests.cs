using System.Security.Cryptography;
using System.Text;
using FastEnrich.Caching;
using FastEnrich.Redis.Encryption;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Records;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Encryption;

public sealed class RecordCipherTests
{
    private static readonly MasterKey Old = new("k1", RandomNumberGenerator.GetBytes(MasterKey.Size));
    private static readonly MasterKey New = new("k2-longer", RandomNumberGenerator.GetBytes(MasterKey.Size));

    [Fact]
    public void Decode_MovedToAnotherUser_IsAMiss() => Assert.Null(Decode(Codec(Old), Encode(Codec(Old)), userId: "bob"));

    [Fact]
    public void Decode_MovedToAnotherPlugin_IsAMiss() => Assert.Null(Decode(Codec(Old), Encode(Codec(Old)), plugin: "x"));

    [Fact]
    public void Decode_UserAndPluginCutElsewhere_IsAMiss() => Assert.Null(Decode(Codec(Old), Encode(Codec(Old)), "annh", "ubspot"));

    [Fact]
    public void Decode_AfterARotation_ReadsOldAndNew()
    {
        var (before, after) = (Codec(Old), Codec(New, Old));

        Assert.NotNull(Decode(after, Encode(before)));
        Assert.NotNull(Decode(after, Encode(after)));
    }

    [Fact]
    public void Encode_SeveralKeys_TheFirstWrites()
    {
        var record = Encode(Codec(New, Old));

        Assert.NotNull(Decode(Codec(New), record));
        Assert.Null(Decode(Codec(Old), record));
    }

    [Fact]
    public void Decode_AnotherKeyOfTheSameId_IsAMiss() =>
        Assert.Null(Decode(Codec(new MasterKey("k1", new byte[MasterKey.Size])), Encode(Codec(Old))));

    [Fact]
    public void Decode_PlainWhereEncryptedIsExpected_IsAMiss()
    {
        var plain = new RecordCodec(4096);

        Assert.Null(Decode(Codec(Old), Encode(plain)));
        Assert.Null(Decode(plain, Encode(Codec(Old))));
    }

    [Fact]
    public void Encode_Twice_HasNothingInCommonButTheHeader()
    {
        var (first, second) = (Encode(Codec(Old)), Encode(Codec(Old)));
        var start = RecordHeader.Size + 1 + Old.Id.Length;

        Assert.Equal(first[..start], second[..start]);
        Assert.DoesNotContain(Convert.ToHexString(first[start..(start + 16)]), Convert.ToHexString(second));
        Assert.NotEqual(first[(start + 32)..], second[(start + 32)..]);
    }

    [Fact]
    public async Task Dump_OfAnEncryptedTier_ShowsNeitherUsersNorValues()
    {
        var cipher = new RecordCipher([Old]);
        await using var fixture = new StoreFixture(cipher, new UserSeal(new byte[32]));
        var slot = Slots.Create("hubspot") with { Identities = new Dictionary<string, string> { ["email"] = "ann@example.org" }, Validator = "etag-7" };
        await fixture.WriteAsync("ann-the-user", slot);
        var key = (string)fixture.Keys.Of("ann-the-user")!;

        var dump = key + Encoding.Latin1.GetString(fixture.Redis.Get(key, "hubspot")!) + Encoding.Latin1.GetString(fixture.Keys.Refer("ann-the-user"));

        Assert.All(["ann", "example", "etag", "email", "\"p\""], secret => Assert.DoesNotContain(secret, dump));
        Assert.Equal("etag-7", (await fixture.ReadAsync("ann-the-user")).Slots[0]!.Validator);
        Assert.DoesNotContain("k1", cipher.ToString() + Old);
    }

    private static RecordCodec Codec(params MasterKey[] keys) => new(4096, new RecordCipher(keys));

    private static byte[] Encode(RecordCodec codec) => codec.Encode("ann", Slots.Create("hubspot"), 0)!;

    private static StoredSlot? Decode(RecordCodec codec, byte[] record, string userId = "ann", string plugin = "hubspot") =>
        codec.Decode(userId, plugin, record, 0, Slots.Now.UtcTicks);
}
