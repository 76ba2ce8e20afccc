using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Writes bodies in the shapes of HubSpot's API.</summary>
internal static class HubSpotAnswers
{
    public const string Correlation = "aeb5f871-7f07-4993-9211-075dc63e7cbf"; // fixed, so that the same seed gives the same bytes

    private static readonly string s_readAt = HubSpotRecords.Time(SimulatedPopulation.Epoch);

    public static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=utf-8";
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
    }

    public static Task ErrorAsync(HttpContext http, int status, string category, string message) => WriteAsync(http, status, writer =>
    {
        writer.WriteString("status", "error");
        writer.WriteString("message", message);
        writer.WriteString("correlationId", Correlation);
        writer.WriteString("category", category);
    });

    /// <summary>An unknown route answers a page, not JSON.</summary>
    public static async Task NoRouteAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.ContentType = "text/html;charset=utf-8";
        await http.Response.Body.WriteAsync("<html><body><h1>404 Not Found</h1></body></html>"u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
    }

    public static Task BatchAsync(HttpContext http, Action<Utf8JsonWriter> results, IReadOnlyList<string> missing, string kind) =>
        WriteAsync(http, missing.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status207MultiStatus, writer =>
        {
            writer.WriteString("status", "COMPLETE");
            writer.WriteStartArray("results");
            results(writer);
            writer.WriteEndArray();
            if (missing.Count > 0)
            {
                writer.WriteNumber("numErrors", 1);
                writer.WriteStartArray("errors");
                WriteMissing(writer, missing, kind);
                writer.WriteEndArray();
            }

            writer.WriteString("startedAt", s_readAt);
            writer.WriteString("completedAt", s_readAt);
        });

    /// <summary>Writes a record with the asked properties that exist; without any asked, the default ones.</summary>
    public static void Record(Utf8JsonWriter writer, Dictionary<string, string?> record, IReadOnlyList<string> asked, string[] defaults)
    {
        writer.WriteString("id", record["hs_object_id"]);
        writer.WriteStartObject("properties");
        var modified = record.ContainsKey("lastmodifieddate") ? "lastmodifieddate" : "hs_lastmodifieddate";
        foreach (var name in (asked.Count > 0 ? asked : defaults).Concat(["createdate", modified, "hs_object_id"]).Distinct().Order(StringComparer.Ordinal))
        {
            if (record.TryGetValue(name, out var value))
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteString("createdAt", record["createdate"]);
        writer.WriteString("updatedAt", record[modified]);
        writer.WriteBoolean("archived", false);
    }

    private static void WriteMissing(Utf8JsonWriter writer, IReadOnlyList<string> missing, string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("status", "error");
        writer.WriteString("category", "OBJECT_NOT_FOUND");
        writer.WriteString("message", $"Could not get some {kind} objects, they may be deleted or not exist. Check that ids are valid.");
        writer.WriteStartObject("context");
        writer.WriteStartArray("ids");
        foreach (var id in missing)
        {
            writer.WriteStringValue(id);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
