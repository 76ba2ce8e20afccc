using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Writes bodies in the shapes of Salesforce's API.</summary>
internal sealed class SalesforceAnswers(string version)
{
    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json;charset=UTF-8";
        var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            write(writer);
        }
    }

    public static Task ErrorAsync(HttpContext http, string errorCode, string message, int status = StatusCodes.Status400BadRequest) =>
        WriteAsync(http, writer => Error(writer, errorCode, message), status);

    public static void Error(Utf8JsonWriter writer, string errorCode, string message)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteString("errorCode", errorCode);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>Writes a page of rows, and the path of the next one.</summary>
    public void Page(Utf8JsonWriter writer, SalesforceCursor page)
    {
        writer.WriteStartObject();
        writer.WriteNumber("totalSize", page.Rows.Count);
        writer.WriteBoolean("done", page.Next is null);
        if (page.Next is { } next)
        {
            writer.WriteString("nextRecordsUrl", $"/services/data/{version}/query/{next}");
        }

        writer.WriteStartArray("records");
        foreach (var (row, query, children) in page.Current)
        {
            Row(writer, row, query.Fields, children);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes a record with the asked fields; parents of several fields are written once.</summary>
    public void Row(Utf8JsonWriter writer, SalesforceRow row, IEnumerable<string> fields, IEnumerable<(SoqlQuery Query, IReadOnlyList<SalesforceRow> Rows)>? children = null)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("attributes");
        writer.WriteString("type", row.Type);
        writer.WriteString("url", $"/services/data/{version}/sobjects/{row.Type}/{row.Id}");
        writer.WriteEndObject();
        foreach (var group in fields.Select(field => field.Split('.', 2)).GroupBy(path => path[0], StringComparer.OrdinalIgnoreCase))
        {
            var (name, value) = row.Field(group.Key);
            writer.WritePropertyName(name);
            if (value is SalesforceRow parent)
            {
                Row(writer, parent, group.Select(path => path[1]));
            }
            else
            {
                Value(writer, value);
            }
        }

        foreach (var (query, rows) in children ?? [])
        {
            writer.WritePropertyName(query.From);
            Children(writer, query, rows);
        }

        writer.WriteEndObject();
    }

    /// <summary>A row without rows below it has null there.</summary>
    private void Children(Utf8JsonWriter writer, SoqlQuery query, IReadOnlyList<SalesforceRow> rows)
    {
        if (rows.Count == 0)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("totalSize", rows.Count);
        writer.WriteBoolean("done", true);
        writer.WriteStartArray("records");
        foreach (var child in rows)
        {
            Row(writer, child, query.Fields);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case int number: writer.WriteNumberValue(number); break;
            case DateOnly date: writer.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: writer.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture)); break;
            case IReadOnlyDictionary<string, string?> compound:
                writer.WriteStartObject();
                foreach (var (name, part) in compound)
                {
                    writer.WriteString(name, part);
                }

                writer.WriteEndObject();
                break;
            default: writer.WriteStringValue((string)value); break;
        }
    }
}
