using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FastEnrich.Plugins;

namespace FastEnrich.Registry;

/// <summary>The file of usage and reviews: JSON of format 1. What does not fit it exactly is damaged.</summary>
internal static class StoreFormat
{
    /// <summary>More than the largest file that is written: 8 Mi characters of reviews, each at most six bytes, and what surrounds them.</summary>
    public const long MaxBytes = 96 * 1024 * 1024;

    private const int Format = 1;
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, StoredPlugin> plugins)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format"u8, Format);
            writer.WriteStartObject("plugins"u8);
            foreach (var (name, plugin) in plugins.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                Write(writer, plugin);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are damaged.</summary>
    public static Dictionary<string, StoredPlugin>? TryRead(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            var root = document.RootElement;
            if (root.GetProperty("format").GetInt32() != Format)
            {
                return null;
            }

            var plugins = new Dictionary<string, StoredPlugin>(StringComparer.Ordinal);
            foreach (var member in root.GetProperty("plugins").EnumerateObject())
            {
                if (!PluginName.IsValid(member.Name) || plugins.Count >= StoreMerge.MaxPlugins)
                {
                    return null;
                }

                plugins[member.Name] = Read(member.Value);
            }

            return plugins;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, StoredPlugin plugin)
    {
        writer.WriteStartObject();
        writer.WriteNumber("total_usage"u8, plugin.Usage);
        WriteTime(writer, "last_used", plugin.LastUsed);
        WriteTime(writer, "installed_at", plugin.InstalledAt);
        WriteTime(writer, "updated_at", plugin.UpdatedAt);
        writer.WriteString("version"u8, plugin.Version);
        writer.WriteStartArray("reviews"u8);
        foreach (var review in plugin.Reviews)
        {
            review.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value);
        }
    }

    private static StoredPlugin Read(JsonElement element)
    {
        var usage = element.GetProperty("total_usage").GetInt64();
        var reviews = element.GetProperty("reviews");
        return usage < 0 || reviews.GetArrayLength() > StoreMerge.MaxReviews ? throw new FormatException() : new StoredPlugin
        {
            Usage = usage,
            LastUsed = Time(element, "last_used"),
            InstalledAt = Time(element, "installed_at"),
            UpdatedAt = Time(element, "updated_at"),
            Version = Version(element),
            Reviews = StoreMerge.Newest(reviews.EnumerateArray().Select(ReadReview)),
        };
    }

    private static PluginReview ReadReview(JsonElement element)
    {
        var review = new PluginReview
        {
            Id = element.GetProperty("id").GetString() ?? "",
            Rating = element.GetProperty("rating").GetInt32(),
            Comment = element.GetProperty("comment").GetString() ?? "",
            Reviewer = element.TryGetProperty("reviewer", out var reviewer) ? reviewer.GetString() : null,
            Version = Version(element),
            CreatedAt = element.GetProperty("created_at").GetDateTimeOffset(),
        };
        return review.Id.Length == 32 && review.Id.All(char.IsAsciiHexDigitLower) && PluginReview.Validate(review.Rating, review.Comment, review.Reviewer) is null
            ? review
            : throw new FormatException();
    }

    private static string Version(JsonElement element)
    {
        var text = element.GetProperty("version").GetString();
        return text is "" || SemanticVersion.TryParse(text, out _) ? text! : throw new FormatException();
    }

    private static DateTimeOffset? Time(JsonElement element, string name) => element.TryGetProperty(name, out var time) ? time.GetDateTimeOffset() : null;
}
