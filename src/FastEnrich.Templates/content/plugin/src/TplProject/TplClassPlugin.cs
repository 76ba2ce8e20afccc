using System.Net.Http.Headers;
using FastEnrich;

namespace TplNamespace;

/// <summary>Reads what the upstream knows of a user.</summary>
[EnrichmentPlugin("tpl-name", Description = "Accounts of tpl-name", Author = "TplAuthor", License = "TplLicense", Capabilities = ["interests"])]
[JsonPayload(typeof(TplClassAccount))]
[JsonPayload(typeof(TplClassError))]
public sealed partial class TplClassPlugin : IEnrichmentPlugin
{
    private readonly UpstreamUrl _accounts;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly double _confidence;
    private readonly UpstreamClient _upstream;

    /// <summary>Initializes the plugin.</summary>
    /// <param name="options">The options, checked against their attributes.</param>
    /// <param name="context">What the engine gives to the plugin.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: the key would travel in the open.</exception>
    public TplClassPlugin(TplClassOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _upstream = context.Upstream;
        _accounts = new UpstreamUrl(options.ApiUrl).Append("accounts");
        _authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _confidence = options.Confidence;
        if (!_accounts.IsSecure && !options.AllowHttp)
        {
            throw new PluginException(_upstream.PluginName, "configure", "api_url must be https, or allow_http be set", PluginErrorCode.InvalidConfig);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!UpstreamUrl.IsSegment(request.UserId))
        {
            return EnrichmentResult.NotFound(); // "." and ".." are nobody's id
        }

        using var message = new HttpRequestMessage(HttpMethod.Get, _accounts.Append(request.UserId).ToUri());
        message.Headers.Authorization = _authorization;
        var response = await _upstream.SendAsync(message, "read_account", cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
        {
            throw Failure(response);
        }

        var account = response.Read(TplClassPluginJsonContext.Default.TplClassAccount);
        return EnrichmentResult.Found(new UserEnrichment
        {
            Demographics = new Demographics { City = account.City },
            Interests = account.Interests,
            Confidence = _confidence,
        });
    }

    /// <summary>Only what this upstream means by a status stands here: 401, 403, 404, 429 and 5xx have their codes from <see cref="UpstreamResponse.DefaultErrorCode"/>.</summary>
    private static PluginException Failure(UpstreamResponse response)
    {
        var code = response.TryRead(TplClassPluginJsonContext.Default.TplClassError, out var error) ? error.Code : null;
        return code == "quota_exceeded" ? response.ToException(code, PluginErrorCode.QuotaExceeded) : response.ToException(code);
    }
}
