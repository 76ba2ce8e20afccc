using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>Fetches profiles, posts and list memberships from X, which was Twitter. Thread-safe.</summary>
[EnrichmentPlugin("x",
    Aliases = ["twitter"],
    Version = "1.0.0",
    Description = "Profiles, interests and engagement from X",
    Author = "FastEnrich contributors",
    Website = "https://docs.x.com/x-api",
    License = "MIT",
    Capabilities =
    [
        "user_demographics", "interests", "interests_extraction", "social_connections", "behavior_patterns",
        "engagement_metrics", "activity_patterns", "list_memberships",
    ],
    Tags = ["social", "twitter"])]
[JsonPayload(typeof(XUsersPage))]
[JsonPayload(typeof(XPostsPage))]
[JsonPayload(typeof(XListsPage))]
[JsonPayload(typeof(XProblem))]
[Provides("x_id", "x_username")]
[Needs("x_id", "x_username")]
public sealed partial class XPlugin : IBatchEnrichmentPlugin
{
    private const string Misconfigured =
        "api_url must be https (or allow_http set), and the credentials bearer_token, or client_id with client_secret or refresh_token, visible ASCII characters without blanks";

    private const double BudgetShare = 0.8; // the rest of a flight's budget brings home what was read in time

    private readonly XOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly XLookup _lookup;
    private readonly XApi _api;
    private readonly XReader _reader;
    private readonly XMapper _mapper;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">Where X is, how users are found there and what is read of them.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: the credentials or the address cannot be used.</exception>
    public XPlugin(XOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _options = options;
        _timeProvider = context.TimeProvider;
        var plugin = context.Upstream.PluginName;
        var fields = new XFields(options);
        _lookup = new XLookup(options);
        try
        {
            _api = new XApi(context.Upstream, options, fields, context.TimeProvider);
        }
        catch (ArgumentException)
        {
            throw new PluginException(plugin, "configure", Misconfigured, PluginErrorCode.InvalidConfig);
        }

        _reader = new XReader(_api, fields, XCredentials.ActsForUser(options), plugin, context.TimeProvider);
        _mapper = new XMapper(options, context.Descriptor.Name, context.TimeProvider);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _lookup.Identities;

    /// <inheritdoc/>
    public double? RateLimit => _options.RateLimit;

    /// <inheritdoc/>
    public int MaxBatchSize => XApi.MaxBatch;

    /// <summary>Gets the app's token where the credentials are not one already; no user is read.</summary>
    /// <param name="cancellationToken">Signalled when the connect budget ends or the host stops.</param>
    /// <returns>A task that ends when there is a token.</returns>
    /// <exception cref="PluginException">X gives no token for these credentials, or cannot be reached.</exception>
    public ValueTask ConnectAsync(CancellationToken cancellationToken) => _api.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var results = new BatchResults(1);
        await EnrichBatchAsync([request], results, cancellationToken).ConfigureAwait(false);
        return results.GetFailure(0) is { } failure ? throw failure : results.GetResult(0);
    }

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        var batch = new XBatch(_lookup, requests);
        foreach (var index in batch.Keys.Impossible)
        {
            results.Set(index, Impossible(requests[index]));
        }

        if (batch.Keys.All.Count == 0)
        {
            return;
        }

        var started = _timeProvider.GetTimestamp();
        var page = await _api.ReadUsersAsync(batch.Keys.All, cancellationToken).ConfigureAwait(false);
        var found = batch.Match(page);
        var outcomes = await _reader.ReadAsync([.. found.Select(static member => member.User)], Left(requests, started), cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < found.Count; i++)
        {
            SetFound(found[i], outcomes[i], results);
        }

        foreach (var (index, problem) in batch.Missing(page))
        {
            SetMissing(index, problem, results);
        }
    }

    /// <summary>Asks for the app's usage or, acting for a user, who that is: authenticated, and no post is read.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether X answers and takes the token; <see langword="null"/> when its answer says nothing of that.</returns>
    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await _api.CheckAsync(cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => true,
                401 or >= 500 => false,
                _ => null, // not every app may read its usage, and a rate limit is no illness
            };
        }
        catch (PluginException exception)
        {
            return exception.Code is PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded ? null : false;
        }
    }

    private TimeSpan Left(IReadOnlyList<EnrichmentRequest> requests, long started)
    {
        var budgets = requests.Select(static request => request.Budget).Where(static budget => budget > TimeSpan.Zero).ToList();
        if (budgets.Count == 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var left = (budgets.Min() * BudgetShare) - _timeProvider.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void SetFound(XBatchMember member, (XProfile? Profile, PluginException? Failure) outcome, BatchResults results)
    {
        var result = outcome.Profile is null ? default : _mapper.Map(outcome.Profile);
        foreach (var index in member.Indexes)
        {
            if (outcome.Failure is { } failure)
            {
                results.Fail(index, failure);
            }
            else
            {
                results.Set(index, result);
            }
        }
    }

    private void SetMissing(int index, XProblem? problem, BatchResults results)
    {
        if (problem is not null && _api.ToMemberException(problem) is { } failure)
        {
            results.Fail(index, failure);
        }
        else
        {
            results.Set(index, EnrichmentResult.NotFound());
        }
    }

    /// <summary>Nobody can have such a key. Where the request just lacks one, that is no knowledge of the user, so it is not remembered.</summary>
    private EnrichmentResult Impossible(EnrichmentRequest request) =>
        _lookup.LacksIdentity(request) ? EnrichmentResult.NotFound(TimeSpan.Zero) : EnrichmentResult.NotFound();
}
