using System.Text;
using FastEnrich.Redis.Connecting;

namespace FastEnrich.Redis.Tests.Connecting;

public sealed class ReplyGuardTests
{
    private const int MaxReply = 100;

    private readonly ReplyGuard _guard = new(MaxReply);

    [Theory]
    [InlineData("+OK\r\n")]
    [InlineData("-ERR no\r\n")]
    [InlineData(":12\r\n")]
    [InlineData("$5\r\na\r\n$9\r\n")]
    [InlineData("$0\r\n\r\n")]
    [InlineData("$-1\r\n")]
    [InlineData("*-1\r\n")]
    [InlineData("*0\r\n")]
    [InlineData("*3\r\n$1\r\na\r\n$-1\r\n*2\r\n:1\r\n$3\r\n$99\r\n")]
    [InlineData("%2\r\n+a\r\n:1\r\n+b\r\n*1\r\n_\r\n")]
    [InlineData("|1\r\n+ttl\r\n:3\r\n*1\r\n#t\r\n")]
    [InlineData(">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n")]
    [InlineData("~1\r\n,1.5\r\n")]
    [InlineData("=7\r\ntxt:abc\r\n")]
    [InlineData("!3\r\nERR\r\n")]
    public void Follow_RepliesOfARedis_AreFollowedHoweverTheyAreCut(string reply)
    {
        var many = Bytes(string.Concat(Enumerable.Repeat(reply, 20))); // in all more than one may have

        foreach (var size in (int[])[1, 2, 3, 7, many.Length])
        {
            foreach (var part in many.Chunk(size))
            {
                _guard.Follow(part);
            }
        }

        Assert.Throws<InvalidDataException>(() => _guard.Follow(Bytes($"${MaxReply}\r\n"))); // it knows that a reply begins here
    }

    [Theory]
    [InlineData("$2147483647\r\n")] // ends the process in the client
    [InlineData("$2147483646\r\n")]
    [InlineData("$9223372036854775807\r\n")]
    [InlineData("$99999999999999999999999999999999\r\n")]
    [InlineData("=2147483647\r\n")]
    [InlineData("!2147483647\r\n")]
    [InlineData("*2\r\n$1\r\na\r\n$2147483647\r\n")]
    [InlineData("$?\r\n;4\r\n")]
    [InlineData("*?\r\n")]
    public void Follow_LengthOutOfAllProportion_IsRefusedBeforeItsEnd(string reply) => Assert.Throws<InvalidDataException>(() => _guard.Follow(Bytes(reply)));

    [Theory]
    [InlineData("", "+aaaa")]
    [InlineData("*2147483647\r\n", "$-1\r\n")]
    [InlineData("", "*2147483647\r\n")]
    [InlineData("", "*1\r\n")]
    [InlineData("", "%1\r\n+a\r\n")]
    [InlineData("", "|1\r\n+a\r\n+b\r\n")]
    [InlineData("*9\r\n", "$20\r\naaaaaaaaaaaaaaaaaaaa\r\n")]
    public void Follow_ReplyWithoutAnEnd_IsRefusedAtTheLimit(string first, string then)
    {
        _guard.Follow(Bytes(first));
        var followed = first.Length;

        Assert.Throws<InvalidDataException>(() =>
        {
            while (followed <= 2 * MaxReply)
            {
                _guard.Follow(Bytes(then));
                followed += then.Length;
            }
        });
        Assert.InRange(followed, MaxReply / 2, MaxReply);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
