using FastEnrich.Plugins.Social.Facebook.Payloads;

namespace FastEnrich.Plugins.Social.Facebook;

/// <summary>Fetches profiles, likes, friends and posts from Facebook's Graph API, each user with that user's own token. Thread-safe.</summary>
[EnrichmentPlugin("facebook",
    Version = "1.0.0",
    Description = "Profiles, likes, friends and posts from Facebook, by the tokens that users granted",
    Author = "FastEnrich contributors",
    Website = "https://developers.facebook.com/docs/graph-api",
    License = "MIT",
    Capabilities = ["user_demographics", "interests", "social_connections", "behavior_patterns"],
    Tags = ["social"])]
[JsonPayload(typeof(System.Text.Json.JsonElement))]
[JsonPayload(typeof(List<FacebookBatchItem>))]
[JsonPayload(typeof(FacebookErrorAnswer))]
[JsonPayload(typeof(FacebookTokenAnswer))]
[Provides("facebook_id")]
[Needs("facebook_id", Optional = true)]
public sealed partial class FacebookPlugin : IBatchEnrichmentPlugin
{
    private readonly FacebookOptions _options;
    private readonly FacebookLookup _lookup;
    private readonly FacebookReader _reader;
    private readonly FacebookCredentials _credentials;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">Where the API is, where tokens come from and what is read.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <param name="tokenSource">Where users' tokens come from when the options name no source; <see langword="null"/> when the host has none.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: an address or a secret cannot be sent, or there is no source of tokens.</exception>
    public FacebookPlugin(FacebookOptions options, PluginContext context, ITokenSource? tokenSource = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        var (plugin, time) = (context.Upstream.PluginName, context.TimeProvider);
        if (FacebookSetup.Problem(options, tokenSource is not null) is { } problem)
        {
            throw new PluginException(plugin, "configure", problem, PluginErrorCode.InvalidConfig);
        }

        _options = options;
        _lookup = new FacebookLookup(options.LookupBy);
        try
        {
            var tokens = FacebookTokens.Create(options, context, tokenSource);
            var api = new FacebookApi(context.Upstream, options, tokens.Shared);
            var limits = new FacebookLimits(new UpstreamLimits(context.Upstream, time), time, tokens.Shared is not null);
            var mapper = new FacebookMapper(options, context.Descriptor.Name, time);
            _reader = new FacebookReader(new FacebookGraph(api, limits, plugin), tokens, limits, _lookup, mapper, options, plugin);
            _credentials = new FacebookCredentials(api, limits, options.AppId, tokens.Shared, plugin);
        }
        catch (ArgumentException)
        {
            throw new PluginException(plugin, "configure", "api_url, version or token_url is no usable address, or plain http without allow_http", PluginErrorCode.InvalidConfig);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _lookup.Identities;

    /// <inheritdoc/>
    public double? RateLimit => _options.RateLimit;

    /// <inheritdoc/>
    public int MaxBatchSize => FacebookApi.MaxBatch;

    /// <summary>Checks the credentials that all calls share, so that a wrong one shows at start.</summary>
    /// <param name="cancellationToken">Signalled when the connect budget ends or the host stops.</param>
    /// <returns>A task that ends when they are checked, at once when each user has a token of their own and the app has none.</returns>
    /// <exception cref="PluginException">
    /// <see cref="PluginErrorCode.AuthError"/>: the API refuses them. Whatever else goes wrong is left to the calls and the health check.
    /// </exception>
    public ValueTask ConnectAsync(CancellationToken cancellationToken) => _credentials.ThrowIfRefusedAsync(cancellationToken);

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
        var members = new List<FacebookMember>(requests.Count);
        for (var index = 0; index < requests.Count; index++)
        {
            if (_lookup.PathOf(requests[index]) is { } path)
            {
                members.Add(new FacebookMember(index, requests[index], path));
            }
            else
            {
                // Where the request just lacks an id, that is no knowledge of the user, so it is not remembered.
                results.Set(index, _lookup.LacksIdentity(requests[index]) ? EnrichmentResult.NotFound(TimeSpan.Zero) : EnrichmentResult.NotFound());
            }
        }

        if (members.Count > 0)
        {
            await _reader.ReadAsync(members, results, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the API for the owner of the shared credentials: one cheap call, and no user is read.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether the API answers and takes them; <see langword="null"/> when there are none, or its answer says nothing of that.</returns>
    public ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken) => _credentials.CheckAsync(cancellationToken);
}
