using System.Text.Encodings.Web;
using System.Text.Json;

namespace FastEnrich.Sidecar.Http;

/// <summary>Answers that are errors: RFC 9457, in our own words, with at most the beginning of a refused id.</summary>
internal static class Problem
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task SendAsync(Exchange exchange, int status, string detail, string? userId = null)
    {
        exchange.Buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(exchange.Buffer, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "about:blank"u8);
            writer.WriteString("title"u8, TitleOf(status));
            writer.WriteNumber("status"u8, status);
            writer.WriteString("detail"u8, detail);
            if (!string.IsNullOrEmpty(userId))
            {
                writer.WriteString("user_id"u8, UserIdExcerpt.Of(userId));
            }

            writer.WriteEndObject();
        }

        exchange.Response.Headers.XContentTypeOptions = "nosniff"; // the excerpt is the caller's text
        return exchange.SendAsync(status, "application/problem+json");
    }

    private static string TitleOf(int status) => status switch
    {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    };
}
