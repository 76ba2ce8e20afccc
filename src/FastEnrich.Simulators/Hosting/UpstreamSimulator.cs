using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FastEnrich.Simulators;

/// <summary>
/// An HTTP server on a loopback port that behaves as a vendor's published API does, over a simulated population: routes, credentials, batch limits, error bodies,
/// limits that count. Thread-safe; lives until it is disposed.
/// </summary>
public abstract class UpstreamSimulator : IAsyncDisposable
{
    /// <summary>The route of token endpoints: ordered faults pass it by, see <see cref="SimulatedTokens"/>.</summary>
    private protected const string TokenRoute = "token";

    /// <summary>The errors that every catalogue has.</summary>
    private protected const string ServerError = "server_error";
    private protected const string RateLimit = "rate_limit";

    private readonly UpstreamSimulatorOptions _options;
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly SimulatedFaults _faults;
    private int _disposed;

    private protected UpstreamSimulator(UpstreamSimulatorOptions options)
    {
        _options = options;
        _faults = new SimulatedFaults(options.FaultRate, options.Population.Seed, name => Catalogue[name]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Gets the name of the plugin that asks this system.</summary>
    public abstract string PluginName { get; }

    /// <summary>Gets the server's address, <c>http://127.0.0.1:port</c>.</summary>
    public string BaseUrl => _app.Urls.First();

    /// <summary>Gets the users that the server knows most of.</summary>
    public SimulatedPopulation Population => _options.Population;

    /// <summary>Gets what the plugin's section <c>config</c> must hold to ask this server, by key; levels are separated by colons.</summary>
    public abstract IReadOnlyDictionary<string, string> PluginConfiguration { get; }

    /// <summary>Gets the system's own errors, for <see cref="FailNext(string, int, string?)"/>.</summary>
    public IReadOnlyCollection<string> Errors => [.. Catalogue.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Gets the number of requests so far, whatever their answer.</summary>
    public int RequestCount => _requests.Values.Sum();

    /// <summary>Gets the number of requests so far by route, <c>unknown</c> among them.</summary>
    public IReadOnlyDictionary<string, int> RequestCounts => _requests;

    /// <summary>Gets the system's errors by name.</summary>
    private protected abstract IReadOnlyDictionary<string, SimulatedError> Catalogue { get; }

    /// <summary>Makes the next requests fail on the way, as any system can. Requests for tokens do not count.</summary>
    /// <param name="fault">How.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="text">What stands in the answer, as real ones quote what they were asked for.</param>
    public void FailNext(SimulatedFault fault, int times = 1, string? text = null) => _faults.Order(fault, null, times, text);

    /// <summary>Makes the next requests fail with one of the system's own errors. Requests for tokens do not count.</summary>
    /// <param name="error">One of <see cref="Errors"/>.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="text">What stands in the error's message, as real ones quote what they were asked for.</param>
    /// <exception cref="ArgumentException">The system has no such error.</exception>
    public void FailNext(string error, int times = 1, string? text = null)
    {
        if (!Catalogue.TryGetValue(error, out var known))
        {
            throw new ArgumentException($"'{error}' is none of {string.Join(", ", Errors)}", nameof(error));
        }

        _faults.Order(null, known, times, text);
    }

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
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a server that was just made.</summary>
    private protected static async Task<T> StartAsync<T>(T simulator, CancellationToken cancellationToken)
        where T : UpstreamSimulator
    {
        try
        {
            await simulator._app.StartAsync(cancellationToken).ConfigureAwait(false);
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Names the route of a request, <c>unknown</c> for none, <see cref="TokenRoute"/> for the token endpoint.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The segments, each decoded once.</param>
    private protected abstract string RouteOf(string method, string[] path);

    /// <summary>Answers a request that no fault was ordered for: checks its credentials, counts it, answers.</summary>
    private protected abstract Task AnswerAsync(string route, string[] path, HttpContext http);

    private async Task HandleAsync(HttpContext http)
    {
        var path = Segments(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var route = RouteOf(http.Request.Method, path);
        _requests.AddOrUpdate(route, 1, static (_, count) => count + 1);
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, _options.TimeProvider, http.RequestAborted).ConfigureAwait(false);
        }

        if (route == TokenRoute || !await _faults.TryAnswerAsync(http, _stopping.Token).ConfigureAwait(false))
        {
            await AnswerAsync(route, path, http).ConfigureAwait(false);
        }
    }

    /// <summary>Cuts the raw target, so that an escaped slash in an id stays in the id.</summary>
    private static string[] Segments(string target) =>
        [.. target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
}
