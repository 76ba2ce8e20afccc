using System.Text.Json;

namespace FastEnrich.Processes;

/// <summary>Reads what a child says of one user. What cannot be used is a failure of that user's call.</summary>
internal static class ResultReader
{
    private const int MaxMessage = 256;
    private const string Unusable = "The plugin's process answered with something that cannot be used.";

    private static readonly TimeSpan s_maxTtl = TimeSpan.FromDays(30);

    public static ChildResult Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadResult(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or OverflowException or ArgumentException or NotSupportedException)
        {
            return ChildResult.Invalid(Unusable);
        }
    }

    private static ChildResult ReadResult(ReadOnlySpan<byte> json)
    {
        var reader = MessageReader.Start(json);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? status = null;
        string? validator = null;
        TimeSpan? ttl = null;
        UserEnrichment? enrichment = null;
        Dictionary<string, string>? identities = null;
        ChildResult? error = null;
        while (MessageReader.NextMember(ref reader, seen, out var member))
        {
            switch (member)
            {
                case "status": status = MessageReader.Text(ref reader); break;
                case "validator": validator = MessageReader.Text(ref reader); break;
                case "ttl": ttl = Duration(ref reader, s_maxTtl); break;
                case "enrichment": enrichment = EnrichmentOf(ref reader, json); break;
                case "identities": identities = Identities(ref reader); break;
                case "error": error = Error(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return status switch
        {
            "found" when enrichment is not null => ChildResult.Of(EnrichmentResult.Found(enrichment, identities, validator)),
            "not_found" => ChildResult.Of(EnrichmentResult.NotFound(ttl)),
            "not_modified" => ChildResult.Of(EnrichmentResult.NotModified(ttl)),
            "error" when error is not null => error,
            _ => ChildResult.Invalid(Unusable),
        };
    }

    private static UserEnrichment EnrichmentOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return JsonSerializer.Deserialize(json[start..(int)reader.BytesConsumed], FastEnrichJsonContext.Default.UserEnrichment) ?? throw new JsonException();
    }

    private static Dictionary<string, string> Identities(ref Utf8JsonReader reader)
    {
        var identities = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (MessageReader.NextMember(ref reader, [], out var name))
        {
            if (identities.Count == UserIdentities.MaxCount || !identities.TryAdd(name, MessageReader.Text(ref reader)))
            {
                throw new JsonException();
            }
        }

        return identities;
    }

    private static ChildResult Error(ref Utf8JsonReader reader)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        PluginErrorCode? code = null;
        var message = "";
        bool? retryable = null;
        TimeSpan? retryAfter = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        while (MessageReader.NextMember(ref reader, seen, out var member))
        {
            switch (member)
            {
                case "code": code = Code(MessageReader.Text(ref reader)); break;
                case "message": message = Shown(MessageReader.Text(ref reader)); break;
                case "retryable": retryable = reader.GetBoolean(); break;
                case "retry_after": retryAfter = Duration(ref reader, TimeSpan.MaxValue); break;
                default: reader.Skip(); break;
            }
        }

        return new ChildResult
        {
            Failure = new ProcessFailure(code ?? throw new JsonException(), message.Length > 0 ? message : "The plugin's process reported a failure.", retryable),
            RetryAfter = retryAfter,
        };
    }

    /// <summary>Whole nanoseconds, as every duration on the wire.</summary>
    private static TimeSpan Duration(ref Utf8JsonReader reader, TimeSpan max)
    {
        var duration = new TimeSpan(MessageReader.Number(ref reader) / TimeSpan.NanosecondsPerTick);
        return duration >= TimeSpan.Zero && duration <= max ? duration : throw new JsonException();
    }

    private static PluginErrorCode Code(string code) => code switch
    {
        "CONNECTION_ERROR" => PluginErrorCode.ConnectionError,
        "AUTH_ERROR" => PluginErrorCode.AuthError,
        "RATE_LIMIT_ERROR" => PluginErrorCode.RateLimitError,
        "NOT_FOUND" => PluginErrorCode.NotFound,
        "INVALID_CONFIG" => PluginErrorCode.InvalidConfig,
        "TIMEOUT_ERROR" => PluginErrorCode.TimeoutError,
        "QUOTA_EXCEEDED" => PluginErrorCode.QuotaExceeded,
        "INVALID_RESPONSE" => PluginErrorCode.InvalidResponse,
        _ => throw new JsonException(),
    };

    private static string Shown(string text)
    {
        var length = Math.Min(text.Length, MaxMessage);
        length -= length > 0 && char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        return string.Create(length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? ' ' : source[i]; // one line in a log, whatever was sent
            }
        });
    }
}
