using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Simulators;

/// <summary>
/// An HTTP server on a free loopback port that behaves as HubSpot's published API does, over a simulated population: routes, token, default properties, batch limits,
/// error bodies, rate limits that count. Thread-safe; lives until it is disposed.
/// </summary>
public sealed class HubSpotSimulator : IAsyncDisposable
{
    private readonly HubSpotSimulatorOptions _options;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly HubSpotFaults _faults;
    private readonly HubSpotRateLimit _rateLimit;
    private readonly HubSpotRoutes _routes;
    private int _disposed;

    private HubSpotSimulator(HubSpotSimulatorOptions options)
    {
        _options = options;
        _faults = new HubSpotFaults(options.FaultRate, options.Population.Seed);
        _rateLimit = new HubSpotRateLimit(options.RequestsPerTenSeconds, options.RequestsPerDay, options.TimeProvider);
        _routes = new HubSpotRoutes(options.Population, _rateLimit);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Gets the server's address, <c>http://127.0.0.1:port</c>.</summary>
    public string BaseUrl => _app.Urls.First();

    /// <summary>Gets the only token that the server accepts.</summary>
    public string Token => _options.Token;

    /// <summary>Gets the users that the server knows most of.</summary>
    public SimulatedPopulation Population => _options.Population;

    /// <summary>Gets what the plugin's section <c>config</c> must hold to ask this server, by key.</summary>
    public IReadOnlyDictionary<string, string> PluginConfiguration => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["api_url"] = BaseUrl,
        ["api_key"] = Token,
        ["lead_score_property"] = "lead_score",
        ["interests_property"] = "interests",
        ["deal_product_property"] = "product_sku",
        ["rate_limit"] = (_options.RequestsPerTenSeconds / 10.0).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Gets the number of requests so far, whatever their answer.</summary>
    public int RequestCount => _requests.Values.Sum();

    /// <summary>Gets the number of requests so far by route: <c>contact</c>, <c>contacts_batch</c>, <c>associations</c>, <c>associations_batch</c>, <c>deals_batch</c>, <c>usage</c>, <c>unknown</c>.</summary>
    public IReadOnlyDictionary<string, int> RequestCounts => _requests;

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it behaves; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <returns>The running server.</returns>
    public static async Task<HubSpotSimulator> StartAsync(HubSpotSimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var simulator = new HubSpotSimulator(options ?? new HubSpotSimulatorOptions());
        await simulator._app.StartAsync(cancellationToken).ConfigureAwait(false);
        return simulator;
    }

    /// <summary>Makes the next requests fail.</summary>
    /// <param name="fault">How.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="text">What stands in the error's message, as real ones quote what they were asked for.</param>
    public void FailNext(SimulatedFault fault, int times = 1, string? text = null) => _faults.Order(fault, times, text);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync().ConfigureAwait(false); // hanging requests would hold up the stop
        await _app.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var segments = Segments(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var route = HubSpotRoutes.Match(http.Request.Method, segments);
        _requests.AddOrUpdate(HubSpotRoutes.NameOf(route), 1, static (_, count) => count + 1);
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, _options.TimeProvider, http.RequestAborted).ConfigureAwait(false);
        }

        if (await _faults.TryAnswerAsync(http, _stopping.Token).ConfigureAwait(false))
        {
            return;
        }

        if (http.Request.Headers.Authorization != $"Bearer {_options.Token}")
        {
            await HubSpotAnswers.ErrorAsync(http, StatusCodes.Status401Unauthorized, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication.").ConfigureAwait(false);
        }
        else if (_rateLimit.Take(http.Response.Headers) is { } policy)
        {
            await HubSpotAnswers.RateLimitAsync(http, policy).ConfigureAwait(false);
        }
        else
        {
            await _routes.AnswerAsync(route, segments, http).ConfigureAwait(false);
        }
    }

    /// <summary>Cuts the raw target, so that an escaped slash in an id stays in the id.</summary>
    private static string[] Segments(string target) =>
        [.. target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
}
