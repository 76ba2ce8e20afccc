using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FastEnrich.Sidecar.Cli;

/// <summary>Plugins for people: aligned columns, and nothing that a terminal would obey.</summary>
internal static class PluginsTable
{
    private const int MaxCell = 60;
    private static readonly string[] s_heads = ["NAME", "VERSION", "STATE", "RATING", "REVIEWS", "USAGE", "DESCRIPTION"];

    public static void WriteList(TextWriter output, JsonElement result)
    {
        var rows = result.GetProperty("plugins").EnumerateArray().Select(Row).Prepend(s_heads).ToArray();
        var widths = Enumerable.Range(0, s_heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column is 3 or 4 or 5 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }

        var total = result.GetProperty("total").GetInt32();
        if (total > rows.Length - 1)
        {
            output.WriteLine($"{rows.Length - 1} of {total} plugins");
        }
    }

    public static void WriteEntry(TextWriter output, JsonElement entry)
    {
        string[] names =
        [
            "name", "version", "description", "author", "website", "license", "state", "source", "capabilities", "tags", "dependencies",
            "min_engine_version", "max_engine_version", "checksum", "total_usage", "last_used", "average_rating", "review_count",
            "installed_at", "updated_at",
        ];
        foreach (var name in names)
        {
            if (Text(entry, name) is { Length: > 0 } text)
            {
                output.WriteLine($"{name,-20}{Shown(text, 2000)}");
            }
        }

        foreach (var list in (string[])["errors", "warnings"])
        {
            foreach (var problem in Items(entry, list))
            {
                output.WriteLine($"{list[..^1],-20}{Shown($"{Text(problem, "path")}: {Text(problem, "reason")}", 2000)}");
            }
        }

        foreach (var review in Items(entry, "reviews"))
        {
            WriteReview(output, review);
        }
    }

    public static void WriteReview(TextWriter output, JsonElement review) =>
        output.WriteLine(
            $"{"review",-20}"
            + Shown($"{Text(review, "rating")}/5 {Text(review, "created_at")} {Text(review, "version")} {Text(review, "reviewer")}".TrimEnd(), 300)
            + Comment(review));

    /// <summary>Text of unknown origin, on one line and without control or direction characters.</summary>
    public static string Shown(string text, int max)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isHidden = category is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            shown.Append(isHidden ? "?" : rune.ToString());
            if (shown.Length > max)
            {
                return shown.ToString(0, max - 3).TrimEnd() + "...";
            }
        }

        return shown.ToString();
    }

    private static string Comment(JsonElement review) => Text(review, "comment") is { Length: > 0 } comment ? ": " + Shown(comment, 2000) : "";

    private static string[] Row(JsonElement entry) =>
        [.. ((string[])["name", "version", "state", "average_rating", "review_count", "total_usage", "description"]).Select(name =>
            name == "average_rating" && entry.TryGetProperty(name, out var rating) && rating.ValueKind == JsonValueKind.Number
                ? rating.GetDouble().ToString("0.0", CultureInfo.InvariantCulture)
                : Text(entry, name) is { Length: > 0 } text ? Shown(text, MaxCell) : "-")];

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        JsonValueKind.Number => value.GetRawText(),
        _ => "",
    };
}
