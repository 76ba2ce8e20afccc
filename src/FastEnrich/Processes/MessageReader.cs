using System.Text.Json;

namespace FastEnrich.Processes;

/// <summary>Reads a child's frame as hostile input: what is no message ends the child, what is no good result fails that call alone.</summary>
internal static class MessageReader
{
    /// <exception cref="ProtocolException">The frame is no message.</exception>
    public static ChildMessage Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadMessage(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException("sent a frame that is no message"); // not the reader's own text: that quotes what it met
        }
    }

    private static ChildMessage ReadMessage(ReadOnlySpan<byte> json)
    {
        var reader = Start(json);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? type = null;
        string? name = null;
        string? version = null;
        long? id = null;
        long? protocol = null;
        long? batchSize = null;
        bool? healthy = null;
        string[]? capabilities = null;
        string[]? needs = null;
        string[]? provides = null;
        List<ChildResult>? results = null;
        while (NextMember(ref reader, seen, out var member))
        {
            switch (member)
            {
                case "type": type = Text(ref reader); break;
                case "id": id = Number(ref reader); break;
                case "protocol": protocol = Number(ref reader); break;
                case "name": name = Name(ref reader); break;
                case "version": version = Name(ref reader); break;
                case "batch_size": batchSize = Number(ref reader); break;
                case "capabilities": capabilities = Names(ref reader); break;
                case "needs": needs = Names(ref reader); break;
                case "provides": provides = Names(ref reader); break;
                case "healthy": healthy = reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw new JsonException(); break;
                case "results": results = Results(ref reader, json); break;
                default: reader.Skip(); break; // a later protocol's
            }
        }

        if (reader.Read())
        {
            throw new JsonException();
        }

        return type switch
        {
            "hello" when protocol is { } spoken => new ChildMessage
            {
                Type = MessageType.Hello,
                Handshake = new Handshake
                {
                    Protocol = spoken,
                    Name = name ?? throw new JsonException(),
                    Version = version ?? throw new JsonException(),
                    Capabilities = capabilities ?? [],
                    Needs = needs ?? [],
                    Provides = provides ?? [],
                    BatchSize = batchSize ?? 1,
                },
            },
            "pong" => new ChildMessage { Type = MessageType.Pong, Id = Positive(id) },
            "health" => new ChildMessage { Type = MessageType.Health, Id = Positive(id), Healthy = healthy ?? throw new JsonException() },
            "batch_result" => new ChildMessage { Type = MessageType.BatchResult, Id = Positive(id), Results = results ?? throw new JsonException() },
            "result" => new ChildMessage { Type = MessageType.Result, Id = Positive(id), Results = [ResultReader.Read(json)] },
            _ => throw new JsonException(),
        };
    }

    /// <summary>Moves to the value of the next member; false at the end of the object. A member twice is no message: readers differ in which one they take.</summary>
    public static bool NextMember(ref Utf8JsonReader reader, HashSet<string> seen, out string member)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            member = "";
            return false;
        }

        member = reader.GetString()!;
        if (!seen.Add(member) || seen.Count > ProcessLimits.MaxNames)
        {
            throw new JsonException();
        }

        reader.Read();
        return true;
    }

    /// <summary>Starts to read an object.</summary>
    public static Utf8JsonReader Start(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ProcessLimits.MaxDepth });
        return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? reader : throw new JsonException();
    }

    public static string Text(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    public static long Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : throw new JsonException();

    private static long Positive(long? id) => id is > 0 ? id.Value : throw new JsonException();

    /// <summary>Names come into errors and status: plain words only.</summary>
    private static string Name(ref Utf8JsonReader reader)
    {
        var name = Text(ref reader);
        return name.Length is > 0 and <= ProcessLimits.MaxNameLength
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+' or '?')
            ? name
            : throw new JsonException();
    }

    private static string[] Names(ref Utf8JsonReader reader)
    {
        var names = new List<string>();
        Require(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Add(names.Count < ProcessLimits.MaxNames ? Name(ref reader) : throw new JsonException());
        }

        return [.. names];
    }

    private static List<ChildResult> Results(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var results = new List<ChildResult>();
        Require(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Require(ref reader, JsonTokenType.StartObject);
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            results.Add(results.Count < ProcessLimits.MaxBatchSize ? ResultReader.Read(json[start..(int)reader.BytesConsumed]) : throw new JsonException());
        }

        return results;
    }

    private static void Require(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException();
        }
    }
}
