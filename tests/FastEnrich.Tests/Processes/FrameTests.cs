using System.Buffers;
using System.Text;
using CsCheck;
using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

public sealed class FrameTests
{
    private const int Max = 1024;

    [Fact]
    public void TryRead_AnySplitOfTheStream_GivesTheSameFrames()
    {
        Gen.Select(Gen.String[1, 60].Array[1, 8], Gen.Int[1, 9].Array[1, 40]).Sample((texts, cuts) =>
        {
            var frames = texts.Select(text => text.Length == 0 ? " " : text).ToArray();
            byte[] stream = [.. frames.SelectMany(FakeChild.Framed)];

            var read = new List<string>();
            var held = ReadOnlySequence<byte>.Empty;
            var at = 0;
            for (var i = 0; at < stream.Length; i++)
            {
                var step = Math.Min(cuts[i % cuts.Length], stream.Length - at);
                held = Segments([.. held.ToArray()], stream[at..(at + step)]);
                at += step;
                while (Frame.TryRead(ref held, Max, out var payload))
                {
                    read.Add(Convert.ToHexString(payload.ToArray()));
                }
            }

            Assert.Equal(frames.Select(frame => Convert.ToHexString(Encoding.UTF8.GetBytes(frame))), read);
            Assert.True(held.IsEmpty);
        }, iter: 2_000);
    }

    [Fact]
    public void TryRead_EveryTruncation_WaitsForTheRest()
    {
        var whole = FakeChild.Framed("""{"type":"pong","id":1}""");
        for (var length = 0; length < whole.Length; length++)
        {
            var buffer = new ReadOnlySequence<byte>(whole[..length]);

            Assert.False(Frame.TryRead(ref buffer, Max, out _));
            Assert.Equal(length, buffer.Length);
        }
    }

    [Theory]
    [InlineData("00000000", "sent an empty frame")]
    [InlineData("00000401", "sent a frame beyond max_frame")]
    [InlineData("7FFFFFFF", "sent a frame beyond max_frame")]
    [InlineData("80000000", "sent a frame beyond max_frame")]
    [InlineData("FFFFFFFF", "sent a frame beyond max_frame")]
    public void TryRead_LengthOutOfRange_IsRefusedBeforeItsBytesCome(string header, string problem)
    {
        var buffer = new ReadOnlySequence<byte>(Convert.FromHexString(header));

        Assert.Equal(problem, Assert.Throws<ProtocolException>(() => Frame.TryRead(ref buffer, Max, out _)).Message);
    }

    [Fact]
    public void TryRead_FrameOfTheLargestLength_IsTaken()
    {
        var buffer = new ReadOnlySequence<byte>(FakeChild.Framed(new string('x', Max)));

        Assert.True(Frame.TryRead(ref buffer, Max, out var payload));
        Assert.Equal(Max, payload.Length);
    }

    private static ReadOnlySequence<byte> Segments(byte[] first, byte[] second)
    {
        var head = new Segment(first, 0);
        var tail = head.Append(second);
        return new ReadOnlySequence<byte>(head, 0, tail, second.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(byte[] memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
