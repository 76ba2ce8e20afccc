using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Sidecar.Http;

/// <summary>The bodies of the plugins' POSTs: a review, or nothing.</summary>
internal static class PluginBody
{
    public const int MaxBytes = 32 * 1024; // a comment of 2,000 characters, each written as an escape, and room around it
    public const string Shape = "the body is one JSON object with rating, a whole number from 1 to 5, and where wanted the texts comment and reviewer";
    public const string Nothing = "the body is empty or {}";

    /// <summary>Reads the whole body; null when it is larger than it may be.</summary>
    public static async ValueTask<byte[]?> ReadAsync(Exchange exchange)
    {
        var reader = exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        while (true)
        {
            var result = await reader.ReadAsync(exchange.Aborted);
            if (result.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return null;
            }

            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    public static bool IsNothing(byte[] body) => body.AsSpan().Trim(" \t\r\n"u8) is [] or [(byte)'{', (byte)'}'];

    public static bool TryReadReview(byte[] body, out (int Rating, string? Comment, string? Reviewer) review)
    {
        review = default;
        try
        {
            if (!Utf8.IsValid(body))
            {
                return false;
            }

            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 2, AllowDuplicateProperties = false });
            foreach (var member in document.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "rating":
                        review.Rating = member.Value.GetInt32();
                        break;
                    case "comment":
                        review.Comment = member.Value.GetString();
                        break;
                    case "reviewer":
                        review.Reviewer = member.Value.GetString();
                        break;
                    default:
                        return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false; // InvalidOperationException: another kind of value, or a lone surrogate
        }
    }
}
