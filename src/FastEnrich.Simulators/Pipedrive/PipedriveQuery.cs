using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Reads the query of a request and answers with one record or a page of them. Belongs to one request.</summary>
internal sealed class PipedriveQuery(HttpContext http)
{
    private const int MaxIds = 100;
    private const int MaxCustomFields = 15;
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    public string? this[string name] => http.Request.Query[name].FirstOrDefault();

    public bool Flag(string name) => this[name] == "true";

    public string[] List(string name) => (this[name] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns up to a hundred ids, none when there are more or something else.</summary>
    public long[]? Ids(string name)
    {
        var texts = List(name);
        return texts.Length is > 0 and <= MaxIds && texts.All(IsId) ? [.. texts.Select(Id)] : null;
    }

    /// <summary>Returns the keys of custom fields, <see langword="null"/> when there are too many.</summary>
    public string[]? CustomFields() => List("custom_fields") is { Length: <= MaxCustomFields } keys ? keys : null;

    public static bool IsId(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    public static long Id(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public Task FailAsync(string error, string? text = null) => PipedriveErrors.Catalogue[error].WriteAsync(http, text);

    public Task RecordAsync(JsonObject? record) => record is null ? FailAsync("not_found") : WriteAsync(new JsonObject { ["success"] = true, ["data"] = record });

    /// <summary>Answers with the page that the cursor asks for; a search wraps each item.</summary>
    public Task PageAsync(IReadOnlyList<JsonObject> records, bool search = false)
    {
        var limit = this["limit"] is { } asked ? int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : DefaultLimit;
        if (limit is < 1 or > MaxLimit || Offset() is not { } offset)
        {
            return FailAsync("bad_request", "limit or cursor is invalid");
        }

        var page = records.Skip(offset).Take(limit).Select(record => (JsonNode?)(search ? new JsonObject { ["result_score"] = 1.0, ["item"] = record } : record)).ToArray();
        var next = offset + page.Length < records.Count ? Convert.ToBase64String(Encoding.ASCII.GetBytes($"{{\"offset\":{offset + page.Length}}}")) : null;
        return WriteAsync(new JsonObject
        {
            ["success"] = true,
            ["data"] = search ? new JsonObject { ["items"] = new JsonArray(page) } : new JsonArray(page),
            ["additional_data"] = new JsonObject { ["next_cursor"] = next },
        });
    }

    private int? Offset()
    {
        if (this["cursor"] is not { } cursor)
        {
            return 0;
        }

        try
        {
            return (int?)JsonNode.Parse(Convert.FromBase64String(cursor))?["offset"];
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task WriteAsync(JsonObject answer)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            answer.WriteTo(writer);
        }
    }
}
