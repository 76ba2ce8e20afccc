using System.Globalization;
using FastEnrich.Plugins.Batches;
using FastEnrich.Plugins.Crm.Salesforce.Payloads;

namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>Fetches contacts, won opportunities, cases and activities from Salesforce's REST API. Thread-safe.</summary>
[EnrichmentPlugin("salesforce",
    Version = "1.0.0",
    Description = "Contacts, purchases and interactions from Salesforce",
    Author = "FastEnrich contributors",
    Website = "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest",
    License = "MIT",
    Capabilities = ["user_demographics", "interests", "behavior_patterns", "purchase_history", "interaction_tracking", "lead_scoring"],
    Tags = ["crm", "sales"])]
[JsonPayload(typeof(SalesforceRecord))]
[JsonPayload(typeof(SalesforceRecord[]))]
[JsonPayload(typeof(SalesforceQueryPage))]
[JsonPayload(typeof(SalesforceBatchAnswer))]
[JsonPayload(typeof(SalesforceLimits))]
[JsonPayload(typeof(SalesforceVersion[]))]
[JsonPayload(typeof(SalesforceError[]))]
[Provides("email", "salesforce_id", "x_username", "facebook_id")]
[Needs("email", "salesforce_id", Optional = true)]
public sealed partial class SalesforcePlugin : IBatchEnrichmentPlugin
{
    private readonly PluginContext _context;
    private readonly SalesforceOptions _options;
    private readonly SalesforceLookup _lookup;
    private readonly SalesforceApi _api;
    private readonly SalesforceDetailReader _details;
    private readonly SalesforceMapper _mapper;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">Where Salesforce is, and how users are found there.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: a credential is missing, or an address, version or field name cannot be used.</exception>
    public SalesforcePlugin(SalesforceOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _options = options;
        try
        {
            _lookup = new SalesforceLookup(options.LookupBy, options.ExternalIdType);
            var fields = new SalesforceFields(options, _lookup);
            var connection = new SalesforceConnection(options, context.Upstream, context.TimeProvider);
            var queries = new SalesforceQueries(connection, options.ApiVersion);
            _api = new SalesforceApi(connection, queries, _lookup, fields, options.ApiVersion);
            _details = new SalesforceDetailReader(queries, fields, options.Capabilities);
        }
        catch (ArgumentException exception)
        {
            throw Misconfigured(exception.Message);
        }

        _mapper = new SalesforceMapper(options, context.Descriptor.Name, context.TimeProvider);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _lookup.Identities;

    /// <summary>Gets how many calls of the plugin a second stay within the configured API requests a second.</summary>
    public double? RateLimit => _options.RateLimit / (1 + _details.UsualRequests);

    /// <inheritdoc/>
    public int MaxBatchSize => _options.BatchSize;

    /// <summary>Gets a token, and makes sure that the instance offers the configured version: otherwise every user would seem unknown.</summary>
    /// <param name="cancellationToken">Signalled when the connect budget ends or the host stops.</param>
    /// <returns>A task that ends when the plugin can be used.</returns>
    /// <exception cref="PluginException">There is no token, no instance, or no such version.</exception>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        var versions = await _api.ReadVersionsAsync(cancellationToken).ConfigureAwait(false);
        if (versions.Count > 0 && !versions.Contains(_options.ApiVersion))
        {
            throw new PluginException(_context.Upstream.PluginName, "connect", "the instance does not offer the configured api_version", PluginErrorCode.InvalidConfig);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_lookup.KeyOf(request) is not { } key)
        {
            return Impossible(request);
        }

        // That a contact did not change says nothing of its opportunities and cases.
        var alone = _options.Capabilities.Count == 0;
        var answer = await _api.ReadContactAsync(key, alone ? SalesforceApi.HttpDate(request.Previous?.Validator) : null, cancellationToken).ConfigureAwait(false);
        if (answer.NotModified)
        {
            return EnrichmentResult.NotModified();
        }

        if (answer.Contact is not { } contact)
        {
            return EnrichmentResult.NotFound();
        }

        var details = await _details.ReadAsync([contact], cancellationToken).ConfigureAwait(false);
        return _mapper.Map(contact, details, alone ? answer.LastModified?.ToString("r", CultureInfo.InvariantCulture) : null);
    }

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        var keys = new BatchKeys(requests, _lookup.KeyOf, _lookup.Comparer);
        foreach (var index in keys.Impossible)
        {
            results.Set(index, Impossible(requests[index]));
        }

        if (keys.All.Count == 0)
        {
            return;
        }

        var found = await _api.ReadContactsAsync(keys.All, cancellationToken).ConfigureAwait(false);
        var details = found.Count > 0 ? await _details.ReadAsync(found.Values, cancellationToken).ConfigureAwait(false) : SalesforceDetails.None;
        foreach (var key in keys.All)
        {
            var result = found.TryGetValue(key, out var contact) ? _mapper.Map(contact, details, null) : EnrichmentResult.NotFound();
            foreach (var index in keys.IndexesOf(key))
            {
                results.Set(index, result);
            }
        }
    }

    /// <summary>Asks Salesforce for the organization's limits: cheap, authenticated, and no record is read.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether Salesforce answers, takes the token and has requests left; <see langword="null"/> when its answer says nothing of that.</returns>
    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _api.ReadLimitsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PluginException failure) when (failure.Code == PluginErrorCode.RateLimitError)
        {
            return null; // no illness
        }
        catch (PluginException)
        {
            return false;
        }
    }

    /// <summary>No contact can have such a key. Where the request just lacks one, that is no knowledge of the user, so it is not remembered.</summary>
    private EnrichmentResult Impossible(EnrichmentRequest request) =>
        _lookup.LacksIdentity(request) ? EnrichmentResult.NotFound(TimeSpan.Zero) : EnrichmentResult.NotFound();

    private PluginException Misconfigured(string message) =>
        new(_context.Upstream.PluginName, "configure", message, PluginErrorCode.InvalidConfig);
}
