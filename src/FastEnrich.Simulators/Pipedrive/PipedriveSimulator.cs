using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>
/// Pipedrive's API, version 2 and the little of version 1 that the plugin needs: persons, deals, products, activities, organizations, searches, fields on request, cursors,
/// personal and OAuth tokens, burst windows and a day's budget of API tokens.
/// </summary>
public sealed class PipedriveSimulator : UpstreamSimulator
{
    private readonly PipedriveSimulatorOptions _options;
    private readonly PipedriveBudget _budget;
    private readonly PipedriveRoutes _routes;

    private PipedriveSimulator(PipedriveSimulatorOptions options)
        : base(options)
    {
        _options = options;
        _budget = new PipedriveBudget(options);
        _routes = new PipedriveRoutes(options.Population);
        Tokens = new SimulatedTokens("pipedrive", options.TokenLifetime, options.TimeProvider);
    }

    /// <inheritdoc/>
    public override string PluginName => "pipedrive";

    /// <summary>Gets the personal API token.</summary>
    public string Token => _options.Token;

    /// <summary>Gets the OAuth tokens that the server gives and takes beside it.</summary>
    public SimulatedTokens Tokens { get; }

    /// <summary>Gets how many API tokens the requests of the current day took.</summary>
    public long TokensUsed => _budget.UsedToday;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_url"] = BaseUrl,
        ["api_key"] = Token,
        ["custom_fields:gender"] = PipedriveKeys.Gender,
        ["custom_fields:interests"] = PipedriveKeys.Interests,
        ["custom_fields:lead_score"] = PipedriveKeys.LeadScore,
        ["custom_fields:marital_status"] = PipedriveKeys.MaritalStatus,
        ["custom_fields:education"] = PipedriveKeys.Education,
        ["custom_fields:x_username"] = PipedriveKeys.XUsername,
        ["custom_fields:facebook_id"] = PipedriveKeys.FacebookId,
        ["custom_fields:customer_id"] = PipedriveKeys.CustomerId,
        ["rate_limit"] = (_options.RequestsPerTwoSeconds / 2.0).ToString(CultureInfo.InvariantCulture),
    };

    private protected override IReadOnlyDictionary<string, SimulatedError> Catalogue => PipedriveErrors.Catalogue;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static Task<PipedriveSimulator> StartAsync(PipedriveSimulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(new PipedriveSimulator(options ?? new PipedriveSimulatorOptions()), cancellationToken);

    private protected override string RouteOf(string method, string[] path) => PipedriveRoutes.RouteOf(method, path);

    private protected override async Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        if (route == TokenRoute)
        {
            await Tokens.AnswerAsync(http, writer =>
            {
                writer.WriteString("scope", "base contacts:read deals:read activities:read products:read search:read");
                writer.WriteString("api_domain", BaseUrl);
            }).ConfigureAwait(false);
        }
        else if (!IsAuthorized(http))
        {
            await PipedriveErrors.Catalogue["unauthorized"].WriteAsync(http).ConfigureAwait(false);
        }
        else if (_budget.IsExceeded(PipedriveRoutes.CostOf(route), http.Response.Headers))
        {
            await PipedriveErrors.Catalogue["rate_limit_without_headers"].WriteAsync(http).ConfigureAwait(false);
        }
        else
        {
            await _routes.AnswerAsync(route, path, http).ConfigureAwait(false);
        }
    }

    private bool IsAuthorized(HttpContext http) =>
        http.Request.Headers["x-api-token"] == _options.Token || Tokens.Check(http.Request.Headers.Authorization) == SimulatedTokenState.Valid;
}
