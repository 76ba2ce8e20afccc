using System.Net;
using System.Text.Json;
using FastEnrich.Plugins.Http.Templates;

namespace FastEnrich.Plugins.Http;

/// <summary>Fetches users from any upstream that answers in JSON; what to ask and what to take is all configuration. Thread-safe.</summary>
[EnrichmentPlugin("http",
    Version = "1.0.0",
    Description = "Users from any upstream that answers in JSON, by configuration alone",
    Author = "FastEnrich contributors",
    License = "MIT",
    AllowMultiple = true,
    Capabilities = ["user_demographics", "interests", "social_connections", "behavior_patterns", "purchase_history"],
    Tags = ["generic", "http", "json"])]
[Provides("email", "hubspot_id", "salesforce_id", "pipedrive_id", "x_username", "x_id", "facebook_id")]
[Needs("email", "hubspot_id", "salesforce_id", "pipedrive_id", "x_username", "x_id", "facebook_id", Optional = true)]
public sealed partial class HttpPlugin : IBatchEnrichmentPlugin
{
    private const string ReadUser = "read_user";
    private const string ReadUsers = "read_users";
    private const int MaxValidatorLength = 256;

    private readonly HttpOptions _options;
    private readonly HttpSetup _setup;
    private readonly HttpUpstream _upstream;
    private readonly HttpFreshness _freshness;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">What to ask, and what to take of the answer.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: the options cannot work; the message lists all that is wrong.</exception>
    public HttpPlugin(HttpOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _options = options;
        _setup = new HttpSetup(options, context);
        _upstream = new HttpUpstream(context.Upstream, _setup.Credentials, options, context.TimeProvider);
        _freshness = new HttpFreshness(options.Ttl, options.UseCacheControl);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _setup.Lookups;

    /// <inheritdoc/>
    public IReadOnlyCollection<string> ProvidedIdentities => _setup.Mapper.Identities;

    /// <inheritdoc/>
    public double? RateLimit => _options.RateLimit;

    /// <inheritdoc/>
    public int MaxBatchSize => _options.Batch?.MaxSize ?? 1;

    /// <inheritdoc/>
    public ValueTask ConnectAsync(CancellationToken cancellationToken) => _upstream.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_setup.Lookups.Any(identity => !request.Identities.ContainsKey(identity)))
        {
            return EnrichmentResult.NotFound(TimeSpan.Zero); // says nothing of the user, so it is not remembered
        }

        using var first = MessageFor(request);
        if (first is null)
        {
            return EnrichmentResult.NotFound(); // an id that climbs out of its segment is nobody's
        }

        var sent = false;
        var response = await _upstream.SendAsync(() => sent ? MessageFor(request)! : First(), ReadUser, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified && request.Previous is not null)
        {
            return EnrichmentResult.NotModified(_freshness.Of(response));
        }

        if (IsNotFound(response, _options.NotFoundStatuses, null))
        {
            return EnrichmentResult.NotFound();
        }

        using var answer = _upstream.Read(response, ReadUser);
        return ResultOf(_setup.Result.First(answer.RootElement), response);

        HttpRequestMessage First()
        {
            sent = true; // a message is sent once only; after a renewed token it is made anew
            return first;
        }
    }

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        if (_setup.Batch is null || requests.Count == 1)
        {
            await EachAsync(Enumerable.Range(0, requests.Count), requests, results, cancellationToken).ConfigureAwait(false);
            return;
        }

        var batch = new HttpBatch(_options, _setup.Batch, requests);
        foreach (var keys in batch.Requests())
        {
            await ReadAsync(batch, keys, results, cancellationToken).ConfigureAwait(false);
        }

        await EachAsync(batch.Alone, requests, results, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the configured address.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether it answers with success; <see langword="null"/> without an address, and for answers that say nothing of health.</returns>
    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        if (_setup.Health is not { } uri)
        {
            return null;
        }

        try
        {
            var response = await _upstream.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, uri), "check_health", cancellationToken).ConfigureAwait(false);
            return response.IsSuccess ? true : (int)response.StatusCode is 401 or 403 or >= 500 ? false : null;
        }
        catch (PluginException exception)
        {
            return exception.Code == PluginErrorCode.RateLimitError ? null : false; // a limit is no illness
        }
    }

    private HttpRequestMessage? MessageFor(EnrichmentRequest request)
    {
        var message = _setup.Single.ToMessage(new TemplateValues(request));
        if (message is not null
            && _options.UseEtag
            && request.Previous?.Validator is { Length: <= MaxValidatorLength } validator
            && !validator.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", validator);
        }

        return message;
    }

    private static bool IsNotFound(UpstreamResponse response, IReadOnlyList<int> statuses, PluginErrorCode? otherwise)
    {
        if (statuses.Contains((int)response.StatusCode))
        {
            return true;
        }

        return response.IsSuccess ? false : throw response.ToException(code: response.StatusCode switch
        {
            HttpStatusCode.NotModified => PluginErrorCode.InvalidResponse, // nobody asked for that
            HttpStatusCode.NotFound or HttpStatusCode.Gone => otherwise,
            _ => null,
        });
    }

    private EnrichmentResult ResultOf(JsonElement user, UpstreamResponse response, bool conditional = true)
    {
        if (IsNothing(user))
        {
            return EnrichmentResult.NotFound();
        }

        var (enrichment, identities) = _setup.Mapper.Map(user, _freshness.Of(response));
        return EnrichmentResult.Found(enrichment, identities, conditional && _options.UseEtag ? response.ETag : null);
    }

    private static bool IsNothing(JsonElement user) => user.ValueKind switch
    {
        JsonValueKind.Object => !user.EnumerateObject().Any(),
        JsonValueKind.Array => user.GetArrayLength() == 0,
        _ => true, // a user is no number
    };

    private async ValueTask ReadAsync(HttpBatch batch, IReadOnlyList<string> keys, BatchResults results, CancellationToken cancellationToken)
    {
        var values = new TemplateValues(keys);
        var response = await _upstream.SendAsync(() => _setup.Batch!.ToMessage(values)!, ReadUsers, cancellationToken).ConfigureAwait(false);
        using var answer = IsNotFound(response, _options.Batch!.NotFoundStatuses, PluginErrorCode.InvalidConfig) ? JsonDocument.Parse("null") : _upstream.Read(response, ReadUsers);
        var users = HttpBatch.Match(answer.RootElement, _setup.Results!, _setup.Key!, keys, _options.Batch.IgnoreCase);
        foreach (var key in keys)
        {
            var result = users.TryGetValue(key, out var user) ? ResultOf(user, response, conditional: false) : EnrichmentResult.NotFound(); // a batch's ETag is no user's
            foreach (var index in batch.IndexesOf(key))
            {
                results.Set(index, result);
            }
        }
    }

    private async ValueTask EachAsync(IEnumerable<int> indexes, IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        foreach (var index in indexes)
        {
            try
            {
                results.Set(index, await EnrichAsync(requests[index], cancellationToken).ConfigureAwait(false));
            }
            catch (PluginException failure)
            {
                results.Fail(index, failure);
            }
        }
    }
}
