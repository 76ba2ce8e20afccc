using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>The form of a batch: calls as JSON, and the token beside them.</summary>
/// <param name="Calls">The calls, in order.</param>
/// <param name="Token">The token for calls without one, which must be there and good in any case.</param>
/// <param name="Proof">Its proof.</param>
/// <param name="IncludeHeaders">Whether each answer brings its headers.</param>
internal sealed record FacebookBatch(IReadOnlyList<FacebookCall> Calls, string? Token, string? Proof, bool IncludeHeaders)
{
    public const int MaxCalls = 50;

    /// <summary>Reads the form; <see langword="null"/> when it is none.</summary>
    public static async Task<FacebookBatch?> ReadAsync(HttpContext http, string? bearer)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        var (token, proof) = (form["access_token"].FirstOrDefault() ?? bearer, form["appsecret_proof"].FirstOrDefault());
        try
        {
            using var document = JsonDocument.Parse(form["batch"].FirstOrDefault() ?? "");
            return new FacebookBatch([.. document.RootElement.EnumerateArray().Select(item => Call(item, token, proof))], token, proof, form["include_headers"] != "false");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the answers, <c>null</c> for calls that did not end in time.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<FacebookReply?> replies, bool includeHeaders)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var reply in replies)
        {
            if (reply is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                reply.WriteItem(writer, includeHeaders);
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static FacebookCall Call(JsonElement item, string? token, string? proof)
    {
        var url = item.GetProperty("relative_url").GetString()!;
        var cut = url.IndexOf('?', StringComparison.Ordinal);
        string[] path = [.. (cut < 0 ? url : url[..cut]).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return FacebookCall.Of(FacebookCall.WithoutVersion(path), cut < 0 ? "" : url[(cut + 1)..], token, proof, ETag(item));
    }

    private static string? ETag(JsonElement item)
    {
        const string Name = "If-None-Match:";
        return item.TryGetProperty("headers", out var headers)
            ? headers.EnumerateArray()
                .Select(static header => header.GetString()!)
                .FirstOrDefault(static header => header.StartsWith(Name, StringComparison.OrdinalIgnoreCase))?[Name.Length..]
                .Trim()
            : null;
    }
}
