using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Fetches contacts, won deals and lead scores from HubSpot's CRM API. Thread-safe.</summary>
[EnrichmentPlugin("hubspot",
    Version = "1.0.0",
    Description = "Contacts, purchases and lead scores from HubSpot",
    Author = "FastEnrich contributors",
    Website = "https://developers.hubspot.com/docs/api-reference",
    License = "MIT",
    Capabilities = ["user_demographics", "interests", "social_connections", "behavior_patterns", "purchase_history", "interaction_tracking", "lead_scoring"],
    Tags = ["crm", "marketing"])]
[JsonPayload(typeof(HubSpotObject))]
[JsonPayload(typeof(HubSpotObjectBatch))]
[JsonPayload(typeof(HubSpotAssociationBatch))]
[JsonPayload(typeof(HubSpotEventPage))]
[JsonPayload(typeof(HubSpotError))]
[Provides("email", "x_username", "facebook_id", "hubspot_id")]
[Needs("email", "hubspot_id", Optional = true)]
public sealed partial class HubSpotPlugin : IBatchEnrichmentPlugin
{
    private readonly PluginContext _context;
    private readonly HubSpotOptions _options;
    private readonly HubSpotLookup _lookup;
    private readonly HubSpotApi _api;
    private readonly HubSpotHistoryReader _histories;
    private readonly HubSpotMapper _mapper;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">Where HubSpot is, and how users are found there.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: there is no credential that can be sent, or an address is unusable or insecure.</exception>
    public HubSpotPlugin(HubSpotOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _options = options;
        if ((options.ApiKey.Length > 0) == (options.RefreshToken.Length > 0))
        {
            throw Misconfigured("either api_key or client_id, client_secret and refresh_token must be set");
        }

        try
        {
            _lookup = new HubSpotLookup(options.LookupBy);
            var transport = new HubSpotTransport(context.Upstream, options, context.TimeProvider);
            _api = new HubSpotApi(context.Upstream.PluginName, transport, options, _lookup, context.TimeProvider);
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException)
        {
            throw Misconfigured(exception is ArgumentException { ParamName: null }
                ? exception.Message
                : "api_key, api_url, token_url, path_prefix or associations_prefix cannot be used as it is");
        }

        _histories = new HubSpotHistoryReader(_api, options);
        _mapper = new HubSpotMapper(options, context.Descriptor.Name, context.TimeProvider);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _lookup.Identities;

    /// <summary>Gets how many calls of the plugin a second stay within the configured requests a second.</summary>
    public double? RateLimit => _options.RateLimit / _histories.RequestsPerBatch;

    /// <inheritdoc/>
    public int MaxBatchSize => HubSpotApi.MaxBatch;

    /// <inheritdoc/>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_lookup.KeyOf(request) is not { } key)
        {
            return Impossible(request);
        }

        if (!IsPathSafe(key))
        {
            return await EnrichThroughBatchAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var contact = await _api.ReadContactAsync(key, cancellationToken).ConfigureAwait(false);
        if (contact is null or { Archived: true })
        {
            return EnrichmentResult.NotFound();
        }

        var history = await _histories.ReadAsync([contact], cancellationToken).ConfigureAwait(false);
        return _mapper.Map(contact, new HubSpotProperties(contact.Properties), history(contact));
    }

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        var batch = new HubSpotBatch(_lookup, requests);
        foreach (var index in batch.Keys.Impossible)
        {
            results.Set(index, Impossible(requests[index]));
        }

        if (batch.Keys.All.Count == 0)
        {
            return;
        }

        var answer = await _api.ReadContactsAsync(batch.Keys.All, cancellationToken).ConfigureAwait(false);
        var found = batch.Match(answer);
        var history = await _histories.ReadAsync(found.Select(member => member.Contact), cancellationToken).ConfigureAwait(false);
        foreach (var member in found)
        {
            var result = _mapper.Map(member.Contact, member.Properties, history(member.Contact));
            foreach (var index in member.Indexes)
            {
                results.Set(index, result);
            }
        }

        SetMissing(batch, answer, results);
    }

    /// <summary>Asks HubSpot for the account's usage: cheap, authenticated, and no record is read.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether HubSpot answers and takes the token; <see langword="null"/> when its answer says nothing of that.</returns>
    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await _api.ReadUsageAsync(cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => true,
                401 or >= 500 => false,
                _ => null, // an OAuth token may not read the usage, and a rate limit is no illness
            };
        }
        catch (PluginException)
        {
            return false;
        }
    }

    /// <summary>What a path may carry without any server or proxy on the way reading it otherwise; all else travels in a body.</summary>
    private static bool IsPathSafe(string key) =>
        UpstreamUrl.IsSegment(key) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '_' or '-' or '+');

    private void SetMissing(HubSpotBatch batch, HubSpotObjectBatch answer, BatchResults results)
    {
        foreach (var (index, error) in batch.Missing(answer))
        {
            if (error is not null && HubSpotErrors.ToMemberException(_context.Upstream.PluginName, "read_contacts", error) is { } failure)
            {
                results.Fail(index, failure);
            }
            else
            {
                results.Set(index, EnrichmentResult.NotFound());
            }
        }
    }

    private async ValueTask<EnrichmentResult> EnrichThroughBatchAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var results = new BatchResults(1);
        await EnrichBatchAsync([request], results, cancellationToken).ConfigureAwait(false);
        return results.GetFailure(0) is { } failure ? throw failure : results.GetResult(0);
    }

    /// <summary>No contact can have such a key. Where the request just lacks one, that is no knowledge of the user, so it is not remembered.</summary>
    private EnrichmentResult Impossible(EnrichmentRequest request) =>
        _lookup.LacksIdentity(request) ? EnrichmentResult.NotFound(TimeSpan.Zero) : EnrichmentResult.NotFound();

    private PluginException Misconfigured(string message) =>
        new(_context.Upstream.PluginName, "configure", message, PluginErrorCode.InvalidConfig);
}
