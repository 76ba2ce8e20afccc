using System.Buffers;
using System.Text;
using System.Text.Json;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Writes the form of a batch: calls as JSON in one field, each with its own token and proof.</summary>
internal static class FacebookBatchBody
{
    public static FormUrlEncodedContent Write(IReadOnlyList<FacebookCall> calls, AccessToken token, FacebookProof proof)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("batch", Batch(calls, proof)),
            new("include_headers", "true"), // usage and validators stand there
            new("access_token", token.Value), // required beside those of the calls
        ];
        if (proof.Of(token.Value) is { } own)
        {
            form.Add(new("appsecret_proof", own));
        }

        return new FormUrlEncodedContent(form);
    }

    private static string Batch(IReadOnlyList<FacebookCall> calls, FacebookProof proof)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartArray();
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("method", "GET");
            writer.WriteString("relative_url", call.ToRelativeUrl(proof.Of(call.Token.Value)));
            if (call.ETag is { } tag)
            {
                writer.WriteStartArray("headers");
                writer.WriteStringValue($"If-None-Match: {tag}");
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
