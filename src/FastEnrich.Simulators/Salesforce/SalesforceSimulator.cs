using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FastEnrich.Simulators;

/// <summary>Salesforce's REST API: tokens by three grants, contacts by id, external id and SOQL, several requests in one, pages, the requests of a day.</summary>
public sealed class SalesforceSimulator : UpstreamSimulator
{
    private readonly SalesforceSimulatorOptions _options;
    private readonly SimulatedWindow _day;
    private readonly SalesforceRoutes _routes;

    private SalesforceSimulator(SalesforceSimulatorOptions options)
        : base(options)
    {
        _options = options;
        _day = new SimulatedWindow(options.RequestsPerDay, TimeSpan.FromDays(1), options.TimeProvider);
        _routes = new SalesforceRoutes(options, _day);
        Tokens = new SimulatedTokens("salesforce", options.TokenLifetime, options.TimeProvider);
    }

    /// <inheritdoc/>
    public override string PluginName => "salesforce";

    /// <summary>Gets the OAuth tokens that the server gives and takes.</summary>
    public SimulatedTokens Tokens { get; }

    /// <summary>Gets or sets the instance that answers with a token name.</summary>
    /// <value><see langword="null"/>, the default, for the server itself.</value>
    public string? InstanceUrl { get; set; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["authentication"] = "client_credentials",
        ["login_url"] = BaseUrl,
        ["client_id"] = Tokens.ClientId,
        ["client_secret"] = Tokens.ClientSecret,
        ["api_version"] = SalesforceRoutes.VersionOf(_options),
        ["lookup_by"] = SalesforceRecords.ExternalIdField,
        ["multi_currency"] = _options.MultiCurrency ? "true" : "false",
        ["product_field"] = "ProductCode",
        ["gender_field"] = "GenderIdentity",
        ["education_field"] = "Education__c",
        ["marital_status_field"] = "Marital_Status__c",
        ["interests_field"] = "Interests__c",
        ["lead_score_field"] = "Lead_Score__c",
        ["x_username_field"] = "X_Username__c",
        ["facebook_id_field"] = "Facebook_Id__c",
        ["contextual_fields:lifecycle_stage"] = "Lifecycle_Stage__c",
        ["rate_limit"] = "10000",
    };

    private protected override IReadOnlyDictionary<string, SimulatedError> Catalogue => SalesforceErrors.Catalogue;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static Task<SalesforceSimulator> StartAsync(SalesforceSimulatorOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(new SalesforceSimulator(options ?? new SalesforceSimulatorOptions()), cancellationToken);

    /// <summary>Makes the next requests within batches fail; the batch itself still succeeds.</summary>
    /// <param name="error">One of the errors with a JSON body.</param>
    /// <param name="times">How many of them.</param>
    public void FailNextSubrequest(string error, int times = 1) => _routes.FailNextSubrequest(error, times);

    private protected override string RouteOf(string method, string[] path) => SalesforceRoutes.RouteOf(method, path);

    private protected override async Task AnswerAsync(string route, string[] path, HttpContext http)
    {
        if (route == TokenRoute)
        {
            await Tokens.AnswerAsync(http, writer =>
            {
                writer.WriteString("instance_url", InstanceUrl ?? BaseUrl);
                writer.WriteString("id", $"{BaseUrl}/id/00D5e000000SimUEAS/0055e000001kXyzAAE");
                writer.WriteString("issued_at", _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
                writer.WriteString("signature", "c2ltdWxhdGVk");
            }).ConfigureAwait(false);
        }
        else if (Tokens.Check(http.Request.Headers.Authorization) is var state and not SimulatedTokenState.Valid)
        {
            await SalesforceErrors.Catalogue[state == SimulatedTokenState.Missing ? "invalid_auth_header" : SalesforceErrors.ExpiredSession].WriteAsync(http).ConfigureAwait(false);
        }
        else if (route != "versions" && Count(http).IsExceeded)
        {
            await SalesforceErrors.Catalogue[SalesforceErrors.DailyLimit].WriteAsync(http).ConfigureAwait(false);
        }
        else
        {
            await _routes.AnswerAsync(route, path, http).ConfigureAwait(false);
        }
    }

    private SimulatedWindowState Count(HttpContext http)
    {
        var state = _day.Take();
        http.Response.Headers["Sforce-Limit-Info"] = string.Create(CultureInfo.InvariantCulture, $"api-usage={state.Limit - state.Remaining}/{state.Limit}");
        return state;
    }
}
