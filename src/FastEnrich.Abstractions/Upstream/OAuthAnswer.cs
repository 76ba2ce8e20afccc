using System.Globalization;
using System.Text.Json;

namespace FastEnrich;

/// <summary>The answer of a token endpoint.</summary>
internal sealed record OAuthAnswer(string AccessToken, TimeSpan? Lifetime, string? RefreshToken, string? BaseUrl)
{
    private const int MaxTokenLength = 16 * 1024;

    private static readonly TimeSpan s_longestLifetime = TimeSpan.FromDays(366);

    /// <summary>Reads a token, or throws the failure that the answer stands for.</summary>
    public static OAuthAnswer Read(UpstreamResponse response, Uri tokenUrl)
    {
        using var document = Parse(response);
        var root = document?.RootElement;
        if (!response.IsSuccess)
        {
            throw OAuthErrors.ToException(response, root);
        }

        return root is { } answer && Text(answer, "access_token") is { } token && IsToken(token)
            ? new OAuthAnswer(token, LifetimeOf(answer), RefreshTokenOf(answer), BaseUrlOf(answer, tokenUrl))
            : throw OAuthErrors.ToException(response, root);
    }

    public static bool IsToken(string text) => text.Length is > 0 and <= MaxTokenLength && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    public static string? Text(JsonElement answer, string name)
    {
        try
        {
            return answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // text that is no well-formed Unicode
        }
    }

    private static JsonDocument? Parse(UpstreamResponse response)
    {
        try
        {
            var document = JsonDocument.Parse(response.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Seconds, as a number or a text; none when they make no sense.</summary>
    private static TimeSpan? LifetimeOf(JsonElement answer)
    {
        var text = answer.TryGetProperty("expires_in", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(answer, "expires_in");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, s_longestLifetime.TotalSeconds))
            : null;
    }

    private static string? RefreshTokenOf(JsonElement answer) =>
        Text(answer, "refresh_token") is { Length: > 0 and <= MaxTokenLength } token ? token : null;

    /// <summary>An address less safe than the token endpoint's own is not taken: the token would travel there.</summary>
    private static string? BaseUrlOf(JsonElement answer, Uri tokenUrl) =>
        (Text(answer, "instance_url") ?? Text(answer, "api_domain")) is { } text
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Query.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == tokenUrl.Scheme)
            ? uri.GetLeftPart(UriPartial.Path).TrimEnd('/')
            : null;
}
