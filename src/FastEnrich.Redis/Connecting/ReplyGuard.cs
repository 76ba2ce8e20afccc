namespace FastEnrich.Redis.Connecting;

/// <summary>
/// Follows what a server sends, reply by reply, and refuses one that is out of all proportion before the client has seen where it ends. The client
/// reads a reply whole, however large, and a string that says it has 2,147,483,647 bytes ends the process in it.
/// </summary>
internal sealed class ReplyGuard(long maxReply)
{
    private const int MaxDigits = 6; // of a string that can be here as a whole

    private long _left; // elements until the end of this reply
    private long _bytes; // of this reply
    private long _skip; // of a string, its end of line included
    private byte _type; // of the line that has begun; 0 before it
    private long _number;
    private bool _isNull;

    /// <exception cref="InvalidDataException">This is no reply to read.</exception>
    public void Follow(ReadOnlySpan<byte> received)
    {
        while (!received.IsEmpty)
        {
            received = received[Take(received)..];
        }
    }

    private int Take(ReadOnlySpan<byte> received)
    {
        if (_skip > 0)
        {
            return Skip(received.Length);
        }

        if (_type != 0)
        {
            return Line(received);
        }

        return String(received) is var taken and > 0 ? taken : Begin(received[0]);
    }

    /// <summary>Takes a string that is here as a whole, as nearly all are; 0 when there is none.</summary>
    private int String(ReadOnlySpan<byte> received)
    {
        if (received[0] != '$')
        {
            return 0;
        }

        var (length, at) = (0, 1);
        for (; at <= MaxDigits && at < received.Length && (uint)(received[at] - '0') <= 9; at++)
        {
            length = (length * 10) + (received[at] - '0');
        }

        var end = at + length + 4;
        if (at == 1 || end > received.Length || received[at] != '\r' || received[at + 1] != '\n')
        {
            return 0;
        }

        _left = _left == 0 ? 1 : _left;
        Count(end);
        End();
        return end;
    }

    private int Skip(int available)
    {
        var skipped = (int)Math.Min(_skip, available);
        _skip -= skipped;
        if (_skip == 0)
        {
            End();
        }

        return skipped;
    }

    private int Begin(byte type)
    {
        _left = _left == 0 ? 1 : _left;
        (_type, _number, _isNull) = (type, 0, false);
        Count(1);
        return 1;
    }

    private int Line(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf((byte)'\n');
        var line = end < 0 ? received : received[..(end + 1)];
        Count(line.Length);
        if (_type is (byte)'$' or (byte)'!' or (byte)'=' or (byte)'*' or (byte)'~' or (byte)'>' or (byte)'%' or (byte)'|')
        {
            Number(line);
        }

        if (end >= 0)
        {
            LineEnds();
        }

        return line.Length;
    }

    private void Number(ReadOnlySpan<byte> line)
    {
        foreach (var character in line)
        {
            if (character is >= (byte)'0' and <= (byte)'9' && _number <= int.MaxValue)
            {
                _number = (_number * 10) + (character - '0');
            }
            else if (character == '-')
            {
                _isNull = true;
            }
            else if (character is not ((byte)'\r' or (byte)'\n'))
            {
                throw Refused(); // a length that is none, or not told: no Redis sends those
            }
        }
    }

    private void LineEnds()
    {
        var type = _type;
        _type = 0;
        switch (type)
        {
            case (byte)'$' or (byte)'!' or (byte)'=' when !_isNull:
                _skip = _number + 2;
                Count(_skip);
                break;
            case (byte)'*' or (byte)'~' or (byte)'>' when !_isNull:
                _left += _number;
                End();
                break;
            case (byte)'%':
                _left += 2 * _number;
                End();
                break;
            case (byte)'|': // what it is about follows
                _left += 2 * _number;
                break;
            default:
                End();
                break;
        }
    }

    private void End()
    {
        if (--_left == 0)
        {
            _bytes = 0;
        }
    }

    private void Count(long bytes)
    {
        _bytes += bytes;
        if (_bytes > maxReply)
        {
            throw Refused();
        }
    }

    private static InvalidDataException Refused() => new("The server sends what Redis would not.");
}
