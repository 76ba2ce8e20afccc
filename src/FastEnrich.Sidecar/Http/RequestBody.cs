using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using FastEnrich.Sidecar.Bulk;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace FastEnrich.Sidecar.Http;

/// <summary>The body of a POST: nothing, or <c>{"identities":{...}}</c>.</summary>
internal static class RequestBody
{
    public const int MaxBytes = InputParser.MaxLineBytes;

    public const string IdentitiesProblem = "a request has at most 16 identities, with names of 1 to 64 and values of 1 to 512 UTF-8 bytes";
    private const string Shape = "the body is empty or one JSON object with the member identities, an object of strings";

    public static bool IsJson(in StringValues contentType)
    {
        var media = contentType.Count == 1 ? contentType[0].AsSpan() : default;
        var parameters = media.IndexOf(';');
        return (parameters < 0 ? media : media[..parameters]).Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the body; the server has bounded its size.</summary>
    public static async ValueTask<(Dictionary<string, string>? Identities, string? Problem)> ReadAsync(Exchange exchange)
    {
        var reader = exchange.Features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        while (true)
        {
            var result = await reader.ReadAsync(exchange.Aborted);
            if (result.IsCompleted)
            {
                var parsed = Parse(result.Buffer);
                reader.AdvanceTo(result.Buffer.End);
                return parsed;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static (Dictionary<string, string>? Identities, string? Problem) Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            return (null, null);
        }

        var bytes = body.ToArray();
        if (!Utf8.IsValid(bytes))
        {
            return (null, Shape);
        }

        try
        {
            return Parse(new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 8 }));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Shape); // InvalidOperationException: a lone surrogate
        }
    }

    private static (Dictionary<string, string>? Identities, string? Problem) Parse(Utf8JsonReader reader)
    {
        Dictionary<string, string>? identities = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return (null, Shape);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (identities is not null || !reader.ValueTextEquals("identities"u8))
            {
                return (null, Shape);
            }

            identities = [];
            if (InputParser.ReadIdentities(ref reader, identities) is not null)
            {
                return (null, Shape);
            }
        }

        return reader.Read() ? (null, Shape) : (identities, null);
    }
}
