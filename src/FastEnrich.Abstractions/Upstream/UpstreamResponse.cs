using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace FastEnrich;

/// <summary>An upstream's whole answer. Immutable; holds no connection.</summary>
public sealed class UpstreamResponse
{
    private const int MaxVendorCodeLength = 64;

    private readonly string _plugin;
    private readonly string _operation;
    private readonly byte[] _body;
    private readonly int _maxJsonDepth;
    private readonly HttpResponseHeaders _headers;
    private readonly HttpContentHeaders _contentHeaders;

    internal UpstreamResponse(string plugin, string operation, HttpResponseMessage response, byte[] body, UpstreamClientOptions options)
    {
        _plugin = plugin;
        _operation = operation;
        _body = body;
        _maxJsonDepth = options.MaxJsonDepth;
        _headers = response.Headers;
        _contentHeaders = response.Content.Headers;
        StatusCode = response.StatusCode;
        RetryAfter = RetryAfterHeader.Parse(GetHeader("Retry-After"), options.TimeProvider);
    }

    /// <summary>Gets the status.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>Gets whether the status is 200 to 299.</summary>
    public bool IsSuccess => (int)StatusCode is >= 200 and <= 299;

    /// <summary>Gets the body, decompressed.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>Gets the validator for a conditional request; <see langword="null"/> when there is none.</summary>
    public string? ETag => GetHeader("ETag");

    /// <summary>Gets how long the upstream asks to wait, from <c>Retry-After</c> in seconds or as a date.</summary>
    /// <value>From 0 to 24 hours, clamped; <see langword="null"/> when the header is absent or means nothing.</value>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the code that the status stands for where the upstream's body says nothing better.</summary>
    public PluginErrorCode DefaultErrorCode => (int)StatusCode switch
    {
        401 or 403 => PluginErrorCode.AuthError,
        402 => PluginErrorCode.QuotaExceeded,
        404 or 410 => PluginErrorCode.NotFound,
        408 or 504 => PluginErrorCode.TimeoutError,
        429 => PluginErrorCode.RateLimitError,
        >= 500 => PluginErrorCode.ConnectionError,
        >= 300 => PluginErrorCode.InvalidConfig, // redirects too: the configured address is not the right one
        _ => PluginErrorCode.InvalidResponse,
    };

    /// <summary>Gets the first value of a header of the answer or its body.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The value as sent, or <see langword="null"/>.</returns>
    public string? GetHeader(string name) =>
        _headers.NonValidated.TryGetValues(name, out var values) || _contentHeaders.NonValidated.TryGetValues(name, out values)
            ? values.FirstOrDefault()
            : null;

    /// <summary>Gets a header that holds a whole number, such as what is left of a limit.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The number, or <see langword="null"/> when the header is absent or holds something else.</returns>
    public long? GetHeaderNumber(string name) =>
        long.TryParse(
            GetHeader(name),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var number)
            ? number
            : null;

    /// <summary>Gets a header that holds seconds since 1970, such as when a limit is reset.</summary>
    /// <param name="name">The header's name, in any case.</param>
    /// <returns>The time, or <see langword="null"/> when the header is absent or holds none from 1970 to 9999.</returns>
    public DateTimeOffset? GetHeaderUnixTime(string name) =>
        GetHeaderNumber(name) is { } seconds && seconds >= 0 && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>Reads the body as JSON.</summary>
    /// <typeparam name="T">What the JSON stands for.</typeparam>
    /// <param name="typeInfo">How to read it, from the plugin's generated context.</param>
    /// <returns>The value.</returns>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidResponse"/>: not JSON, cut off, of another shape, too deep, or <c>null</c>.</exception>
    public T Read<T>(JsonTypeInfo<T> typeInfo)
        where T : class =>
        TryRead(typeInfo, out var value)
            ? value
            : throw new PluginException(_plugin, _operation, $"HTTP {(int)StatusCode} came with a body that is not the expected JSON", PluginErrorCode.InvalidResponse);

    /// <summary>Reads the body as JSON where it may be something else, such as an error page.</summary>
    /// <typeparam name="T">What the JSON stands for.</typeparam>
    /// <param name="typeInfo">How to read it, from the plugin's generated context.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether the body is such JSON.</returns>
    public bool TryRead<T>(JsonTypeInfo<T> typeInfo, [NotNullWhen(true)] out T? value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        ReadOnlySpan<byte> json = _body;
        if (json.StartsWith("\uFEFF"u8))
        {
            json = json[3..];
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = _maxJsonDepth });
        try
        {
            value = JsonSerializer.Deserialize(ref reader, typeInfo);
            return value is not null && !reader.Read();
        }
        catch (JsonException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>Makes the failure that this answer stands for.</summary>
    /// <param name="vendorCode">The upstream's own error code; shown when it is 1 to 64 of <c>A-Z a-z 0-9 _ . -</c>, else left out. Never pass its message.</param>
    /// <param name="code">Why it failed; <see cref="DefaultErrorCode"/> when <see langword="null"/>.</param>
    /// <param name="retryable">Whether the same call may succeed soon; follows from the code when <see langword="null"/>.</param>
    /// <param name="retryAfter">How long to wait; <see cref="RetryAfter"/> when <see langword="null"/>.</param>
    /// <returns>The failure, to be thrown or set for one member of a batch.</returns>
    public PluginException ToException(string? vendorCode = null, PluginErrorCode? code = null, bool? retryable = null, TimeSpan? retryAfter = null)
    {
        var message = IsPlain(vendorCode) ? $"HTTP {(int)StatusCode}, {vendorCode}" : $"HTTP {(int)StatusCode}";
        return new PluginException(_plugin, _operation, message, code ?? DefaultErrorCode, retryable, retryAfter ?? RetryAfter);
    }

    /// <summary>Returns the status, and nothing of the answer.</summary>
    /// <returns>The status.</returns>
    public override string ToString() => $"HTTP {(int)StatusCode}";

    internal static bool IsPlain([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxVendorCodeLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
