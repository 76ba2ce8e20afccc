using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Http;

/// <summary>The bodies of the plugins' POSTs: a review, a level, or nothing.</summary>
internal static class PluginBody
{
    public const int MaxBytes = 32 * 1024; // a comment of 2,000 characters, each written as an escape, and room around it
    public const string Shape = "the body is one JSON object with rating, a whole number from 1 to 5, and where wanted the texts comment and reviewer";
    public const string LogLevelShape =
        "the body is one JSON object with level: trace, debug, information, warning, error, critical or none, or null for what the sidecar's own level lets through";
    public const string Nothing = "the body is empty or {}";

    private static readonly string[] s_levels = ["trace", "debug", "information", "warning", "error", "critical", "none"]; // in the order of LogLevel

    /// <summary>Reads the whole body; null when it is larger than it may be.</summary>
    public static async ValueTask<byte[]?> ReadAsync(Exchange exchange)
    {
        var reader = exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        while (true)
        {
            var result = await reader.ReadAsync(exchange.Aborted);
            if (result.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public static bool IsNothing(byte[] body) => body.AsSpan().Trim(" \t\r\n"u8) is [] or [(byte)'{', (byte)'}'];

    public static bool TryReadLogLevel(byte[] body, out LogLevel? level)
    {
        LogLevel? read = null;
        var isGiven = false;
        var isWhole = TryRead(body, member =>
        {
            isGiven = member.Name == "level" && (member.Value.ValueKind == JsonValueKind.Null || TryParse(member.Value.GetString()!, out read));
            return isGiven;
        });
        level = read;
        return isWhole && isGiven;
    }

    /// <summary>Writes what <see cref="TryReadLogLevel"/> reads, with the plugin's name.</summary>
    public static void WriteLogLevel(Utf8JsonWriter writer, string name, LogLevel? level)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteString("level"u8, level is { } given ? s_levels[(int)given] : null);
        writer.WriteEndObject();
    }

    public static bool TryReadReview(byte[] body, out (int Rating, string? Comment, string? Reviewer) review)
    {
        (int Rating, string? Comment, string? Reviewer) read = default;
        var isWhole = TryRead(body, member =>
        {
            switch (member.Name)
            {
                case "rating":
                    read.Rating = member.Value.GetInt32();
                    return true;
                case "comment":
                    read.Comment = member.Value.GetString();
                    return true;
                case "reviewer":
                    read.Reviewer = member.Value.GetString();
                    return true;
                default:
                    return false;
            }
        });
        review = read;
        return isWhole;
    }

    private static bool TryParse(string word, out LogLevel? level)
    {
        var index = Array.IndexOf(s_levels, word);
        level = index < 0 ? null : (LogLevel)index;
        return index >= 0;
    }

    /// <summary>Reads a JSON object, member by member; false when it is none, or a member is refused or of another kind.</summary>
    private static bool TryRead(byte[] body, Func<JsonProperty, bool> take)
    {
        try
        {
            if (!Utf8.IsValid(body))
            {
                return false;
            }

            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            return document.RootElement.EnumerateObject().All(take);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false; // InvalidOperationException: another kind of value, or a lone surrogate
        }
    }
}
