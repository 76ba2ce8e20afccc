using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Writes the bodies of requests.</summary>
internal static class SalesforceBodies
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    /// <summary>Reads records of one object by their ids.</summary>
    public static HttpContent Records(IEnumerable<string> ids, IEnumerable<string> fields) => Write(writer =>
    {
        WriteTexts(writer, "ids", ids);
        WriteTexts(writer, "fields", fields);
    });

    /// <summary>Runs queries one after the other; after one that failed the rest would be of no use.</summary>
    public static HttpContent Batch(IEnumerable<SalesforceQuery> queries, string version) => Write(writer =>
    {
        writer.WriteBoolean("haltOnError", true);
        writer.WriteStartArray("batchRequests");
        foreach (var query in queries)
        {
            writer.WriteStartObject();
            writer.WriteString("method", "GET");
            writer.WriteString("url", $"{version}/query?q={Uri.EscapeDataString(query.Text)}");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static ByteArrayContent Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = s_json } };
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
