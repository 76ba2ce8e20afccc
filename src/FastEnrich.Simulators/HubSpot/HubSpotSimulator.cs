using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>HubSpot's CRM API: records, associations and usage, default properties, batch limits, private-app and OAuth tokens.</summary>
public sealed class HubSpotSimulator : UpstreamSimulator
{
    private readonly HubSpotSimulatorOptions _options;
    private readonly HubSpotRateLimit _rateLimit;
    private readonly HubSpotRoutes _routes;

    private HubSpotSimulator(HubSpotSimulatorOptions options)
        : base(options)
    {
        _options = options;
        _rateLimit = new HubSpotRateLimit(options.RequestsPerTenSeconds, options.RequestsPerDay, options.TimeProvider);
        _routes = new HubSpotRoutes(options.Population, _rateLimit);
        Tokens = new SimulatedTokens("hubspot", options.TokenLifetime, options.TimeProvider);
    }

    /// <inheritdoc/>
    public override string PluginName => "hubspot";

    /// <summary>Gets the token of a private app.</summary>
    public string Token => _options.Token;

    /// <summary>Gets the OAuth tokens that the server gives and takes beside it.</summary>
    public SimulatedTokens Tokens { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_url"] = BaseUrl,
        ["api_key"] = Token,
        ["lead_score_property"] = "lead_score",
        ["interests_property"] = "interests",
        ["deal_product_property"] = "product_sku",
        ["line_item_product_property"] = "hs_sku",
        ["facebook_id_property"] = "facebook_user_id",
        ["rate_limit"] = (_options.RequestsPerTenSeconds / 10.0).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Gets the same for an OAuth app instead of a private app's token.</summary>
    public IReadOnlyDictionary<string, string> OAuthConfiguration => new Dictionary<string, string>(
        PluginConfiguration.Where(static entry => entry.Key != "api_key"), StringComparer.Ordinal)
    {
        ["client_id"] = Tokens.ClientId,
        ["client_secret"] = Tokens.ClientSecret,
        ["refresh_token"] = Tokens.RefreshToken,
    };

    private protected override IReadOnlyDictionary<string, SimulatedError> Catalogue => HubSpotErrors.Catalogue;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static Task<HubSpotSimulator> StartAsync(HubSpotSimulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(new HubSpotSimulator(options ?? new HubSpotSimulatorOptions()), cancellationToken);

    private protected override string RouteOf(string method, string[] path) => HubSpotRoutes.RouteOf(method, path);

    private protected override async Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        if (route == TokenRoute)
        {
            await Tokens.AnswerAsync(http).ConfigureAwait(false);
        }
        else if (CheckToken(http) is { } refusal)
        {
            await HubSpotErrors.Catalogue[refusal].WriteAsync(http, "Authentication credentials not found. This API supports OAuth 2.0 authentication.").ConfigureAwait(false);
        }
        else if (_rateLimit.Take(http.Response.Headers) is { } error)
        {
            await HubSpotErrors.Catalogue[error].WriteAsync(http).ConfigureAwait(false);
        }
        else
        {
            await _routes.AnswerAsync(route, path, http).ConfigureAwait(false);
        }
    }

    private string? CheckToken(HttpContext http)
    {
        string? authorization = http.Request.Headers.Authorization;
        return authorization == $"Bearer {_options.Token}" ? null : Tokens.Check(authorization) switch
        {
            SimulatedTokenState.Valid => null,
            SimulatedTokenState.Expired => "expired_token",
            _ => "unauthorized",
        };
    }
}
