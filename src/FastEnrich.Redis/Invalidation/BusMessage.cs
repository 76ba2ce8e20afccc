using System.Buffers.Binary;
using System.Text;

namespace FastEnrich.Redis.Invalidation;

/// <summary>
/// One message: version, kind, sender, number, the user, plugins. Anybody who reaches Redis may publish, so what does not read to its last byte is
/// no message; and no message brings data, it only takes away.
/// </summary>
internal readonly record struct BusMessage(MessageKind Kind, long Sender, long Number, ReadOnlyMemory<byte> User, IReadOnlyList<string> Plugins)
{
    /// <summary>Longer ones are ignored: a full user reference and 64 long names have room.</summary>
    public const int MaxLength = 8 * 1024;

    private const byte Version = 1;
    private const int HeaderLength = 2 + sizeof(long) + sizeof(long) + sizeof(ushort) + 1;
    private const int MaxNames = 64; // the engine's plugins

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public byte[] Encode()
    {
        var message = new byte[HeaderLength + User.Length + Plugins.Sum(static name => 1 + Encoding.UTF8.GetByteCount(name))];
        message[0] = Version;
        message[1] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(2), Sender);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(10), Number);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(18), checked((ushort)User.Length));
        message[20] = checked((byte)Plugins.Count);
        User.Span.CopyTo(message.AsSpan(HeaderLength));
        var rest = message.AsSpan(HeaderLength + User.Length);
        foreach (var name in Plugins)
        {
            var length = s_strict.GetBytes(name, rest[1..]);
            rest[0] = checked((byte)length);
            rest = rest[(1 + length)..];
        }

        return message;
    }

    public static bool TryParse(ReadOnlyMemory<byte> bytes, out BusMessage message)
    {
        message = default;
        var span = bytes.Span;
        if (span.Length is < HeaderLength or > MaxLength || span[0] != Version || span[1] is < (byte)MessageKind.Heartbeat or > (byte)MessageKind.Dropped)
        {
            return false;
        }

        var kind = (MessageKind)span[1];
        int userLength = BinaryPrimitives.ReadUInt16LittleEndian(span[18..]);
        int names = span[20];
        if (userLength > span.Length - HeaderLength
            || names > MaxNames
            || !TryReadNames(span[(HeaderLength + userLength)..], names, out var plugins)
            || !IsWhole(kind, userLength, names))
        {
            return false;
        }

        var sender = BinaryPrimitives.ReadInt64LittleEndian(span[2..]);
        message = new(kind, sender, BinaryPrimitives.ReadInt64LittleEndian(span[10..]), bytes.Slice(HeaderLength, userLength), plugins);
        return true;
    }

    private static bool IsWhole(MessageKind kind, int userLength, int names) => kind switch
    {
        MessageKind.Heartbeat => userLength == 0 && names == 0,
        MessageKind.Changed => userLength > 0 && names > 0,
        MessageKind.Erased => userLength > 0 && names == 0,
        _ => userLength == 0 && names == 1,
    };

    private static bool TryReadNames(ReadOnlySpan<byte> rest, int count, out string[] names)
    {
        names = count == 0 ? [] : new string[count];
        for (var i = 0; i < count; i++)
        {
            if (rest.IsEmpty || rest[0] == 0 || rest[0] > rest.Length - 1)
            {
                return false;
            }

            try
            {
                names[i] = s_strict.GetString(rest.Slice(1, rest[0]));
            }
            catch (DecoderFallbackException)
            {
                return false;
            }

            rest = rest[(1 + rest[0])..];
        }

        return rest.IsEmpty;
    }
}
