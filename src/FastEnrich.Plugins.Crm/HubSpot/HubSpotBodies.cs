using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Writes the bodies of batch reads.</summary>
internal static class HubSpotBodies
{
    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    public static HttpContent BatchRead(IEnumerable<string> ids, IReadOnlyList<string> properties, string? idProperty) => Write(writer =>
    {
        if (idProperty is not null)
        {
            writer.WriteString("idProperty", idProperty);
        }

        writer.WriteStartArray("properties");
        foreach (var property in properties)
        {
            writer.WriteStringValue(property);
        }

        writer.WriteEndArray();
        WriteInputs(writer, ids.Select(id => (id, (string?)null)));
    });

    public static HttpContent AssociationsRead(IEnumerable<(string Id, string? After)> inputs) => Write(writer => WriteInputs(writer, inputs));

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

    private static void WriteInputs(Utf8JsonWriter writer, IEnumerable<(string Id, string? After)> inputs)
    {
        writer.WriteStartArray("inputs");
        foreach (var (id, after) in inputs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            if (after is not null)
            {
                writer.WriteString("after", after);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
