using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>X's API v2: users by id and username, timelines, list memberships, tokens of apps and of users, windows for each endpoint and token.</summary>
public sealed class XSimulator : UpstreamSimulator
{
    private const double SecondsPerWindow = 900;

    private readonly XSimulatorOptions _options;
    private readonly XWindows _windows;
    private readonly XRoutes _routes;

    private XSimulator(XSimulatorOptions options)
        : base(options)
    {
        _options = options;
        _windows = new XWindows(options);
        _routes = new XRoutes(options);
        AppTokens = new SimulatedTokens("x-app", null, options.TimeProvider);
        UserTokens = new SimulatedTokens("x-user", options.UserTokenLifetime, options.TimeProvider) { Rotates = true };
    }

    /// <inheritdoc/>
    public override string PluginName => "x";

    /// <summary>Gets the app-only bearer token.</summary>
    public string BearerToken => _options.BearerToken;

    /// <summary>Gets the bearer tokens that <c>POST /oauth2/token</c> gives to the app.</summary>
    public SimulatedTokens AppTokens { get; }

    /// <summary>Gets the tokens that <c>POST /2/oauth2/token</c> gives in a user's name; each refresh ends the old refresh token.</summary>
    public SimulatedTokens UserTokens { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_url"] = BaseUrl,
        ["bearer_token"] = BearerToken,
        ["post_fields_parameter"] = _options.NewVocabulary ? "post.fields" : "tweet.fields",
        ["rate_limit"] = Math.Max(0.1, _options.LookupsPerWindow / SecondsPerWindow).ToString(CultureInfo.InvariantCulture),
    };

    private protected override IReadOnlyDictionary<string, SimulatedError> Catalogue => XErrors.Catalogue(_options.TimeProvider.GetUtcNow());

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static Task<XSimulator> StartAsync(XSimulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(new XSimulator(options ?? new XSimulatorOptions()), cancellationToken);

    private protected override string RouteOf(string method, string[] path) =>
        (method, path) is ("POST", ["oauth2", "token"] or ["2", "oauth2", "token"]) ? TokenRoute : XRoutes.RouteOf(method, path);

    private protected override async Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        if (route == TokenRoute)
        {
            await GiveTokenAsync(path.Length == 3 ? UserTokens : AppTokens, http).ConfigureAwait(false);
            return;
        }

        var token = http.Request.Headers.Authorization.ToString();
        var isApp = token == $"Bearer {_options.BearerToken}" || AppTokens.Check(token) == SimulatedTokenState.Valid;
        var error = !isApp && UserTokens.Check(token) != SimulatedTokenState.Valid ? "unauthorized"
            : isApp ? (route == XRoutes.Me ? "unsupported_authentication" : null)
            : route == XRoutes.Usage ? "unsupported_authentication"
            : null;
        if (error is null && _windows.Exceeds(route, token, http.Response.Headers))
        {
            // The headers of the window that counted stand; the catalogue's are those of no window.
            await (Catalogue["rate_limit"] with { Headers = [] }).WriteAsync(http).ConfigureAwait(false);
        }
        else if (error is not null)
        {
            await Catalogue[error].WriteAsync(http).ConfigureAwait(false);
        }
        else
        {
            await _routes.AnswerAsync(route, path, http, name => Catalogue[name]).ConfigureAwait(false);
        }
    }

    /// <summary>X wants the credentials in the header, and has an error of its own for wrong ones.</summary>
    private async Task GiveTokenAsync(SimulatedTokens tokens, HttpContext http)
    {
        var form = await TokenRequest.ReadAsync(http).ConfigureAwait(false);
        var isBasic = http.Request.Headers.Authorization.ToString().StartsWith("Basic ", StringComparison.OrdinalIgnoreCase);
        if (form is not null && (!isBasic || form.ClientId != tokens.ClientId || form.ClientSecret != tokens.ClientSecret))
        {
            await Catalogue["credentials_refused"].WriteAsync(http).ConfigureAwait(false);
            return;
        }

        await tokens.AnswerAsync(http).ConfigureAwait(false);
    }
}
