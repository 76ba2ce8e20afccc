using System.Text;
using System.Text.Json;

namespace FastEnrich.Sidecar.Tests;

/// <summary>A response as it came over the wire, with a Content-Length.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? UserId => Json.GetProperty("user_id").GetString();

    public static RawResponse Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n");
        var headers = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new RawResponse(int.Parse(head[0].Split(' ')[1]), headers, Encoding.UTF8.GetString(bytes, end + 4, bytes.Length - end - 4));
    }
}
