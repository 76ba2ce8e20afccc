using System.Net.Http.Headers;
#if (batch)
using System.Text.Json;
#endif
using FastEnrich;

namespace TplNamespace;

/// <summary>Reads what the upstream knows of a user.</summary>
[EnrichmentPlugin("tpl-name", Description = "Accounts of tpl-name", Author = "TplAuthor", License = "TplLicense", Capabilities = ["interests"])]
[JsonPayload(typeof(TplClassAccount))]
[JsonPayload(typeof(TplClassError))]
#if (batch)
[JsonPayload(typeof(TplClassBatchRequest))]
[JsonPayload(typeof(TplClassBatchAnswer))]
public sealed partial class TplClassPlugin : IBatchEnrichmentPlugin
#else
public sealed partial class TplClassPlugin : IEnrichmentPlugin
#endif
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

        return Found(response.Read(TplClassPluginJsonContext.Default.TplClassAccount));
    }

#if (batch)
    /// <inheritdoc/>
    public int MaxBatchSize => 100;

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        var question = new TplClassBatchRequest { Ids = [.. requests.Select(static request => request.UserId)] };
        using var message = new HttpRequestMessage(HttpMethod.Post, _accounts.ToUri());
        message.Headers.Authorization = _authorization;
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(question, TplClassPluginJsonContext.Default.TplClassBatchRequest));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var response = await _upstream.SendAsync(message, "read_accounts", cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
        {
            var failure = Failure(response);
            throw failure.Code == PluginErrorCode.NotFound ? response.ToException("unknown_route", PluginErrorCode.InvalidConfig) : failure; // it says nothing of a user
        }

        var answer = response.Read(TplClassPluginJsonContext.Default.TplClassBatchAnswer);
        var accounts = new Dictionary<string, TplClassAccount>(StringComparer.Ordinal);
        foreach (var account in answer.Accounts)
        {
            accounts[account.Id ?? ""] = account;
        }

        for (var i = 0; i < requests.Count; i++)
        {
            results.Set(i, accounts.TryGetValue(requests[i].UserId, out var account) ? Found(account) : EnrichmentResult.NotFound());
        }
    }

#endif
    private EnrichmentResult Found(TplClassAccount account) => EnrichmentResult.Found(new UserEnrichment
    {
        Demographics = new Demographics { City = account.City },
        Interests = account.Interests,
        Confidence = _confidence,
    });

    /// <summary>Only what this upstream means by a status stands here: 401, 403, 404, 429 and 5xx have their codes from <see cref="UpstreamResponse.DefaultErrorCode"/>.</summary>
    private static PluginException Failure(UpstreamResponse response)
    {
        var code = response.TryRead(TplClassPluginJsonContext.Default.TplClassError, out var error) ? error.Code : null;
        return code == "quota_exceeded" ? response.ToException(code, PluginErrorCode.QuotaExceeded) : response.ToException(code);
    }
}
