using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FastEnrich.Plugins.Social.Facebook.Payloads;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>The answer to one call, alone or within a batch. Immutable.</summary>
internal sealed class FacebookAnswer
{
    private const int MaxETagLength = 128;
    private const int MaxHeaderLength = 16 * 1024; // the usage of many businesses is long

    private readonly Func<string, string?> _header;
    private readonly ReadOnlyMemory<byte> _body;

    public FacebookAnswer(UpstreamResponse response)
    {
        Status = (int)response.StatusCode;
        DefaultCode = response.DefaultErrorCode;
        RetryAfter = response.RetryAfter;
        _header = response.GetHeader;
        _body = response.Body.Span.StartsWith("\uFEFF"u8) ? response.Body[3..] : response.Body;
    }

    private FacebookAnswer(int status, JsonElement headers, ReadOnlyMemory<byte> body)
    {
        Status = status;
        DefaultCode = status switch
        {
            401 or 403 => PluginErrorCode.AuthError,
            408 or 504 => PluginErrorCode.TimeoutError,
            429 => PluginErrorCode.RateLimitError,
            >= 500 => PluginErrorCode.ConnectionError,
            _ => PluginErrorCode.InvalidResponse,
        };
        _header = name => HeaderOf(headers, name);
        _body = body;
    }

    public int Status { get; }

    /// <summary>Gets what the answer stands for where its body says nothing better.</summary>
    public PluginErrorCode DefaultCode { get; }

    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the validator, when it is one that a later call can carry.</summary>
    public string? ETag => Header("ETag") is { Length: <= MaxETagLength } tag && (tag.StartsWith('"') || tag.StartsWith("W/\"", StringComparison.Ordinal)) && tag.EndsWith('"')
        && !tag.AsSpan().ContainsAnyExceptInRange('!', '~') ? tag : null;

    /// <summary>Reads an item of a batch; <see langword="null"/> when it is none.</summary>
    public static FacebookAnswer? Read(FacebookBatchItem item)
    {
        if (item.Code.ValueKind != JsonValueKind.Number || !item.Code.TryGetInt32(out var status) || status is < 100 or > 599)
        {
            return null;
        }

        try
        {
            var body = item.Body.ValueKind switch
            {
                JsonValueKind.String => item.Body.GetString()!,
                JsonValueKind.Object or JsonValueKind.Array => item.Body.GetRawText(),
                _ => "",
            };
            return new FacebookAnswer(status, item.Headers, Encoding.UTF8.GetBytes(body));
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate or broken UTF-8
        }
    }

    public string? Header(string name) => _header(name);

    /// <summary>Reads the body as a node; it does not exist when the body is something else.</summary>
    public FacebookNode Node() => TryRead(FacebookPluginJsonContext.Default.JsonElement, out var element) ? new FacebookNode(element) : default;

    public bool TryRead<T>(JsonTypeInfo<T> typeInfo, out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize(_body.Span, typeInfo);
            return value is not null;
        }
        catch (JsonException)
        {
            value = default;
            return false;
        }
    }

    private static string? HeaderOf(JsonElement headers, string name) =>
        FacebookNode.ListOf(headers).FirstOrDefault(header => string.Equals(header.Text("name"), name, StringComparison.OrdinalIgnoreCase)).Text("value", MaxHeaderLength);
}
