using System.Text;
using CsCheck;
using FastEnrich.Redis.Invalidation;

namespace FastEnrich.Redis.Tests.Invalidation;

public sealed class BusMessageTests
{
    private static readonly Gen<BusMessage> Messages = Gen.OneOf(
        Gen.Select(Gen.Long, Gen.Long, static (sender, number) => new BusMessage(MessageKind.Heartbeat, sender, number, default, [])),
        Gen.Select(Gen.Long, Gen.Byte.Array[1, 540], static (sender, user) => new BusMessage(MessageKind.Erased, sender, 0, user, [])),
        Gen.Select(Gen.Long, Gen.String[Gen.Char['a', 'z'], 1, 60], static (sender, name) => new BusMessage(MessageKind.Dropped, sender, 0, default, [name])),
        Gen.Select(Gen.Byte.Array[1, 540], Gen.String[Gen.Char['a', 'z'], 1, 60].Array[1, 64], static (user, names) => new BusMessage(MessageKind.Changed, 1, 0, user, names)));

    [Fact]
    public void TryParse_WhatEncodeWrote_IsTheSameMessage() => Messages.Sample(static message =>
    {
        Assert.True(BusMessage.TryParse(message.Encode(), out var read));
        Assert.Equal((message.Kind, message.Sender, message.Number), (read.Kind, read.Sender, read.Number));
        Assert.Equal(message.User.ToArray(), read.User.ToArray());
        Assert.Equal(message.Plugins, read.Plugins);
    });

    [Fact]
    public void TryParse_AnyBytes_IsNoMessageOrAWholeOne() => Gen.Byte.Array[0, 200].Sample(static bytes =>
    {
        if (BusMessage.TryParse(bytes, out var message))
        {
            Assert.Equal(bytes, message.Encode());
        }
    });

    [Fact]
    public void TryParse_CutExtendedOrOfAnotherVersion_IsNoMessage() => Messages.Sample(static message =>
    {
        var bytes = message.Encode();

        Assert.False(BusMessage.TryParse(bytes.AsMemory(0, bytes.Length - 1), out _));
        Assert.False(BusMessage.TryParse((byte[])[.. bytes, 0], out _));
        bytes[0]++;
        Assert.False(BusMessage.TryParse(bytes, out _));
    });

    [Fact]
    public void TryParse_DamagedAnywhere_IsNoMessageOrAWholeOne() => Gen.Select(Messages, Gen.Int[0, 10_000], Gen.Byte).Sample(static (message, place, value) =>
    {
        var bytes = message.Encode();
        bytes[place % bytes.Length] = value;

        if (BusMessage.TryParse(bytes, out var read))
        {
            Assert.Equal(bytes, read.Encode());
        }
    });

    [Fact]
    public void TryParse_NameThatIsNoText_IsNoMessage()
    {
        var bytes = new BusMessage(MessageKind.Dropped, 1, 0, default, ["ab"]).Encode();
        bytes[^1] = 0xFF;

        Assert.False(BusMessage.TryParse(bytes, out _));
    }

    [Fact]
    public void TryParse_TooLong_IsNoMessage()
    {
        var message = new BusMessage(MessageKind.Erased, 1, 0, Encoding.ASCII.GetBytes(new string('a', BusMessage.MaxLength)), []);

        Assert.False(BusMessage.TryParse(message.Encode(), out _));
    }
}
