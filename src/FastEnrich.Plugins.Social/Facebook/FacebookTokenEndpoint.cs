using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>
/// Asks an endpoint of the operator's own for users' tokens: the way of the sidecar, which runs no code of its operator.
/// The user id travels in the body, since addresses are logged.
/// </summary>
internal sealed class FacebookTokenEndpoint(UpstreamClient upstream, Uri address, string key, TimeSpan timeout, TimeProvider time) : ITokenSource
{
    private const int MaxTokens = 100_000; // of about 300 bytes each

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly FacebookTokenCache _cache = new(MaxTokens, time);
    private readonly AuthenticationHeaderValue? _authorization = key.Length > 0 ? new AuthenticationHeaderValue("Bearer", key) : null;

    public async ValueTask<AccessToken?> GetTokenAsync(string userId, CancellationToken cancellationToken)
    {
        if (_cache.Find(userId) is { } known)
        {
            return known;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Body(userId) };
        request.Headers.Authorization = _authorization;
        var response = await upstream.SendAsync(request, "get_token", timeout, cancellationToken).ConfigureAwait(false);
        var token = response.StatusCode switch
        {
            HttpStatusCode.NoContent => null,
            HttpStatusCode.NotFound when response.TryRead(FacebookPluginJsonContext.Default.FacebookTokenAnswer, out _) => null,
            HttpStatusCode.NotFound => throw response.ToException("token_url", PluginErrorCode.InvalidConfig), // a page, so the address is wrong and not the user unknown
            _ when !response.IsSuccess => throw response.ToException("token_url"),
            _ => Read(response.Read(FacebookPluginJsonContext.Default.FacebookTokenAnswer)),
        };
        if (token is not null)
        {
            _cache.Add(userId, token);
        }

        return token;
    }

    public void Invalidate(string userId, AccessToken token) => _cache.Remove(userId, token);

    private static AccessToken? Read(FacebookTokenAnswer answer) =>
        string.IsNullOrEmpty(answer.AccessToken) ? null : new AccessToken(answer.AccessToken, ReadTime(answer.ExpiresAt));

    /// <summary>Zero is the API's own sign for a token that never expires.</summary>
    private static DateTimeOffset? ReadTime(JsonElement expiresAt) => expiresAt.ValueKind switch
    {
        JsonValueKind.Number when expiresAt.TryGetInt64(out var seconds) && seconds > 0 =>
            Instant.Parse((seconds > long.MaxValue / 1000 ? 0 : seconds * 1000).ToString(CultureInfo.InvariantCulture)),
        JsonValueKind.String => Instant.Parse(new FacebookNode(expiresAt).AsText()),
        _ => null,
    };

    private static ByteArrayContent Body(string userId)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("user_id", userId);
        writer.WriteEndObject();
        writer.Flush();
        return new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = s_json } };
    }
}
