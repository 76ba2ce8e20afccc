using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>Reads one line: an id as it stands, or, when it begins with <c>{</c>, a JSON object.</summary>
internal static class InputParser
{
    /// <summary>The longest line: an id and 16 identities, every character written as an escape, fit.</summary>
    public const int MaxLineBytes = 64 * 1024;

    public const string TooLong = "the line is longer than 64 KiB";
    private const string NotUtf8 = "the line is not valid UTF-8";
    private const string NotWellFormed = "a text in the line has a lone surrogate; user ids and identities are well-formed Unicode";

    private static readonly JsonReaderOptions s_strict = new() { MaxDepth = 8 };

    public static InputLine Parse(long number, in ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
        {
            return Parse(number, line.FirstSpan);
        }

        var length = checked((int)line.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            line.CopyTo(rented);
            return Parse(number, rented.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public static InputLine Parse(long number, ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxLineBytes)
        {
            return InputLine.Refused(number, TooLong, Excerpt(line));
        }

        if (!Utf8.IsValid(line))
        {
            return InputLine.Refused(number, NotUtf8);
        }

        return line is [(byte)'{', ..] ? ParseObject(number, line) : ParseId(number, line);
    }

    /// <summary>The beginning of an over-long line as far as it is an id.</summary>
    public static string? Excerpt(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'{', ..])
        {
            return null;
        }

        var head = line[..Math.Min(line.Length, UserIdExcerpt.MaxChars * 4)];
        return UserIdExcerpt.Of(Encoding.UTF8.GetString(head)); // a character cut in half becomes U+FFFD, beyond the excerpt
    }

    private static InputLine ParseId(long number, ReadOnlySpan<byte> line)
    {
        var userId = Encoding.UTF8.GetString(line);
        return UserId.Validate(userId) is { } problem
            ? InputLine.Refused(number, problem, userId)
            : InputLine.Accepted(number, new EnrichmentRequest(userId));
    }

    private static InputLine ParseObject(long number, ReadOnlySpan<byte> line)
    {
        string? userId = null;
        Dictionary<string, string>? identities = null;
        var reader = new Utf8JsonReader(line, s_strict);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("user_id"u8) && userId is null)
                {
                    reader.Read();
                    if (reader.TokenType != JsonTokenType.String)
                    {
                        return InputLine.Refused(number, "user_id must be a string");
                    }

                    userId = reader.GetString();
                }
                else if (reader.ValueTextEquals("identities"u8) && identities is null)
                {
                    identities = [];
                    if (ReadIdentities(ref reader, identities) is { } wrong)
                    {
                        return InputLine.Refused(number, wrong, userId);
                    }
                }
                else
                {
                    return InputLine.Refused(number, "a line has the members user_id and identities, each once, and no other", userId);
                }
            }

            if (reader.Read())
            {
                return InputLine.Refused(number, "the line is not one JSON object", userId);
            }
        }
        catch (JsonException)
        {
            return InputLine.Refused(number, "the line is not one JSON object", userId);
        }
        catch (InvalidOperationException)
        {
            return InputLine.Refused(number, NotWellFormed, userId); // Utf8JsonReader's answer to "\ud800"
        }

        return Accept(number, userId, identities);
    }

    internal static string? ReadIdentities(ref Utf8JsonReader reader, Dictionary<string, string> identities)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return "identities must be an object of strings";
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
            {
                return "identities must be an object of strings";
            }

            if (!identities.TryAdd(name, reader.GetString()!))
            {
                return "an identity is given twice";
            }
        }

        return null;
    }

    private static InputLine Accept(long number, string? userId, Dictionary<string, string>? identities)
    {
        if (userId is null)
        {
            return InputLine.Refused(number, "user_id is missing");
        }

        if (UserId.Validate(userId) is { } problem)
        {
            return InputLine.Refused(number, problem, userId);
        }

        try
        {
            return InputLine.Accepted(number, new EnrichmentRequest(userId, identities));
        }
        catch (ArgumentException)
        {
            return InputLine.Refused(number, "a line has at most 16 identities, with names of 1 to 64 and values of 1 to 512 UTF-8 bytes", userId);
        }
    }
}
