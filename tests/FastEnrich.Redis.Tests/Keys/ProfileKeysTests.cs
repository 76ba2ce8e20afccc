using System.Security.Cryptography;
using System.Text;
using CsCheck;
using FastEnrich.Redis.Keys;
using FastEnrich.Redis.Tests.Fakes;

namespace FastEnrich.Redis.Tests.Keys;

public sealed class ProfileKeysTests
{
    private static readonly UserSeal Seal = new(RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData("", "ann", "fe:1:{ann}")]
    [InlineData("shop:", "a}b{c", "shop:fe:1:{a}b{c}")]
    public void Of_Plain_HoldsTheIdVerbatim(string prefix, string userId, string key) => Assert.Equal(key, (string?)new ProfileKeys(prefix).Of(userId));

    [Fact]
    public void Of_Sealed_IsAHashOfTheIndexKey()
    {
        var key = (string?)new ProfileKeys("", Seal).Of("ann");

        Assert.Equal(key, (string?)new ProfileKeys("", Seal).Of("ann"));
        Assert.NotEqual(key, (string?)new ProfileKeys("", Seal).Of("Ann"));
        Assert.NotEqual(key, (string?)new ProfileKeys("", new UserSeal(new byte[32])).Of("ann"));
        Assert.Matches("^fe:1:\\{[A-Za-z0-9_-]{43}\\}$", key);
    }

    [Fact]
    public void Resolve_WhatWasReferred_IsTheUser() => Gen.Select(Slots.UserIds, Gen.Bool).Sample((userId, isSealed) =>
    {
        var keys = new ProfileKeys("", isSealed ? Seal : null);

        return keys.Resolve(keys.Refer(userId)) == userId;
    });

    [Fact]
    public void Resolve_AnythingElse_IsNobody() => Gen.Byte.Array[0, 600].Sample(bytes => new ProfileKeys("", Seal).Resolve(bytes) is null);

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    public void Resolve_Plain_NotWellFormed_IsNobody(byte[] reference) => Assert.Null(new ProfileKeys("").Resolve(reference));

    [Fact]
    public void Resolve_Plain_TooLong_IsNobody() => Assert.Null(new ProfileKeys("").Resolve(new byte[513].Select(static _ => (byte)'a').ToArray()));

    [Fact]
    public void Refer_Sealed_IsNeverTheSameTwiceAndHoldsNoId()
    {
        var keys = new ProfileKeys("", Seal);

        Assert.NotEqual(keys.Refer("ann"), keys.Refer("ann"));
        Assert.DoesNotContain("someone-special", Encoding.Latin1.GetString(keys.Refer("someone-special")));
    }

    [Fact]
    public void Names_OfEngines_AreApart()
    {
        var (first, second) = (new ProfileKeys("a:"), new ProfileKeys("b:"));

        Assert.NotEqual(first.Channel, second.Channel);
        Assert.NotEqual(first.Generations, second.Generations);
        Assert.NotEqual(first.Of("ann"), second.Of("ann"));
    }
}
