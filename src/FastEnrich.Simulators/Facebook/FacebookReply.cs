using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>The answer to one call, alone or within a batch.</summary>
internal sealed class FacebookReply
{
    private readonly List<(string Name, string Value)> _headers = [];

    public int Status { get; private set; } = StatusCodes.Status200OK;

    public string Body { get; private set; } = "";

    public static FacebookReply Of(JsonNode body)
    {
        var reply = new FacebookReply { Body = body.ToJsonString() };
        return reply.With("ETag", $"\"{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(reply.Body)))}\"");
    }

    public static FacebookReply Of(SimulatedError error, string? text = null)
    {
        var quoted = JsonEncodedText.Encode(text ?? error.DefaultText).ToString();
        var reply = new FacebookReply { Status = error.Status, Body = error.Body.Replace("{text}", quoted, StringComparison.Ordinal) };
        foreach (var header in error.Headers)
        {
            reply.With(header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..].Trim());
        }

        return reply;
    }

    public FacebookReply With(string name, string value)
    {
        _headers.Add((name, value));
        return this;
    }

    /// <summary>Keeps the body back from a client that has it.</summary>
    public FacebookReply UnlessMatches(string? etag)
    {
        if (Status == StatusCodes.Status200OK && etag is not null && _headers.Contains(("ETag", etag)))
        {
            (Status, Body) = (StatusCodes.Status304NotModified, "");
        }

        return this;
    }

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.StatusCode = Status;
        foreach (var (name, value) in _headers)
        {
            http.Response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            http.Response.ContentType = "application/json; charset=UTF-8";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Body), http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the answer as an item of a batch: headers as a list, the body as a text.</summary>
    public void WriteItem(Utf8JsonWriter writer, bool includeHeaders)
    {
        writer.WriteStartObject();
        writer.WriteNumber("code", Status);
        if (includeHeaders)
        {
            writer.WriteStartArray("headers");
            foreach (var (name, value) in _headers.Prepend(("Content-Type", "text/javascript; charset=UTF-8")))
            {
                writer.WriteStartObject();
                writer.WriteString("name", name);
                writer.WriteString("value", value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteString("body", Body);
        writer.WriteEndObject();
    }

    public override string ToString() => Status.ToString(CultureInfo.InvariantCulture);
}
