using FastEnrich.Plugins.Crm.Pipedrive.Payloads;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Fetches persons, won deals and activities from Pipedrive's API, version 2. Thread-safe.</summary>
[EnrichmentPlugin("pipedrive",
    Version = "1.0.0",
    Description = "Persons, purchases, activities and organizations from Pipedrive",
    Author = "FastEnrich contributors",
    Website = "https://developers.pipedrive.com/docs/api/v1",
    License = "MIT",
    Capabilities = ["user_demographics", "interests", "social_connections", "behavior_patterns", "purchase_history", "lead_scoring"],
    Tags = ["crm", "sales"])]
[JsonPayload(typeof(PipedriveAnswer))]
[Provides("email", "x_username", "facebook_id", "pipedrive_id")]
[Needs("email", "pipedrive_id", Optional = true)]
public sealed partial class PipedrivePlugin : IBatchEnrichmentPlugin
{
    private const double SearchesPerSecond = 5; // on every plan, says the vendor

    private readonly PluginContext _context;
    private readonly PipedriveOptions _options;
    private readonly PipedriveLookup _lookup;
    private readonly PipedriveRequests _requests;
    private readonly PipedriveFinder _finder;
    private readonly PipedriveReader _reader;
    private readonly PipedriveMapper _mapper;
    private volatile PipedriveNames _names = PipedriveNames.None;

    /// <summary>Initializes the plugin; sends nothing yet.</summary>
    /// <param name="options">Where Pipedrive is, and how persons are found there.</param>
    /// <param name="context">The plugin's surroundings.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorCode.InvalidConfig"/>: credentials are missing, or something cannot be sent.</exception>
    public PipedrivePlugin(PipedriveOptions options, PluginContext context)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(context);
        _context = context;
        _options = options;
        _lookup = new PipedriveLookup(options.LookupBy);
        try
        {
            _requests = new PipedriveRequests(new PipedriveApi(context.Upstream, options, context.TimeProvider), options, _lookup);
        }
        catch (ArgumentException exception)
        {
            throw new PluginException(context.Upstream.PluginName, "configure", exception.Message.Split(" (Parameter")[0], PluginErrorCode.InvalidConfig);
        }

        _finder = new PipedriveFinder(_requests, _lookup);
        _reader = new PipedriveReader(_requests, options.Capabilities.ToHashSet());
        _mapper = new PipedriveMapper(options, context.Descriptor.Name, context.TimeProvider);
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<string> LookupIdentities => _lookup.Identities;

    /// <summary>Gets how many single users a second stay within the configured requests a second; within a batch, the limits that the answers announce count.</summary>
    public double? RateLimit
    {
        get
        {
            var users = _options.RateLimit / (1 + _options.Capabilities.Distinct().Count());
            return _lookup.ById ? users : Math.Min(users, SearchesPerSecond);
        }
    }

    /// <summary>Gets how many users one batch holds: what one request takes, or as many as may be searched for within one window.</summary>
    public int MaxBatchSize =>
        !_lookup.ById ? 10
        : _options.Capabilities.Any(static capability => capability is PipedriveCapability.Deals or PipedriveCapability.Activities) ? 25
        : PipedriveApi.MaxBatch;

    /// <summary>Checks the token, and reads the account's names of pipelines and channels where deals are read.</summary>
    /// <param name="cancellationToken">Signalled when the connect budget ends or the host stops.</param>
    /// <returns>A task that ends when the plugin can be used.</returns>
    public async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        if (await _requests.ReadUserAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            throw new PluginException(_context.Upstream.PluginName, "check_token", "legacy_path_prefix is not the path of version 1", PluginErrorCode.InvalidConfig);
        }

        if (_options.Capabilities.Contains(PipedriveCapability.Deals))
        {
            _names = new PipedriveNames(
                await NamesAsync(_requests.ListPipelinesAsync(cancellationToken)).ConfigureAwait(false),
                await NamesAsync(_requests.ListDealFieldsAsync(cancellationToken)).ConfigureAwait(false));
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

        await _requests.EnterAsync(cancellationToken).ConfigureAwait(false);

        // A person that was merged into another one may answer with the id of that one.
        if (await _finder.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } id
            || await _requests.ReadPersonAsync(id, cancellationToken).ConfigureAwait(false) is not { IsDeleted: false } person || !_lookup.Matches(person, key))
        {
            return EnrichmentResult.NotFound();
        }

        var dossier = new PipedriveDossier(person, [0]);
        await _reader.FillAsync([dossier], cancellationToken).ConfigureAwait(false);
        return dossier.Failure is { } failure ? throw failure : _mapper.Map(dossier, _names);
    }

    /// <inheritdoc/>
    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(results);
        var batch = new PipedriveBatch(_lookup, requests);
        foreach (var index in batch.Keys.Impossible)
        {
            results.Set(index, Impossible(requests[index]));
        }

        if (batch.Keys.All.Count == 0)
        {
            return;
        }

        await _requests.EnterAsync(cancellationToken).ConfigureAwait(false);
        var keysById = await FindAsync(batch, results, cancellationToken).ConfigureAwait(false);
        var dossiers = batch.Match(keysById, await ReadPersonsAsync([.. keysById.Select(static keys => keys.Key)], cancellationToken).ConfigureAwait(false));
        await _reader.FillAsync(dossiers, cancellationToken).ConfigureAwait(false);
        foreach (var dossier in dossiers)
        {
            Set(dossier, results);
        }

        foreach (var (_, index) in batch.Keys.Unsettled())
        {
            results.Set(index, EnrichmentResult.NotFound());
        }
    }

    /// <summary>Asks Pipedrive whose token it is: cheap, authenticated, and no record is read.</summary>
    /// <param name="cancellationToken">Signalled when the check's budget ends.</param>
    /// <returns>Whether Pipedrive answers and takes the token; <see langword="null"/> when its answer says nothing of that.</returns>
    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _requests.ReadUserAsync(cancellationToken).ConfigureAwait(false) is not null;
        }
        catch (PluginException exception)
        {
            return exception.Code is PluginErrorCode.RateLimitError or PluginErrorCode.QuotaExceeded ? null : false; // a limit is no illness
        }
    }

    /// <summary>One person alone costs a tenth of a list.</summary>
    private async ValueTask<IEnumerable<(string AskedId, PipedriveRecord Person)>> ReadPersonsAsync(string[] ids, CancellationToken cancellationToken) => ids.Length switch
    {
        0 => [],
        1 => await _requests.ReadPersonAsync(ids[0], cancellationToken).ConfigureAwait(false) is { } person ? [(ids[0], person)] : [],
        _ => (await _requests.ListPersonsAsync(ids, cancellationToken).ConfigureAwait(false)).Select(static person => (person.Id ?? "", person)),
    };

    private async ValueTask<ILookup<string, string>> FindAsync(PipedriveBatch batch, BatchResults results, CancellationToken cancellationToken)
    {
        var found = await _finder.FindAllAsync(batch.Keys.All, cancellationToken).ConfigureAwait(false);
        foreach (var (key, _, failure) in found)
        {
            foreach (var index in failure is null ? [] : batch.Fail(key))
            {
                results.Fail(index, failure!);
            }
        }

        return found.Where(static outcome => outcome.Id is not null).ToLookup(static outcome => outcome.Id!, static outcome => outcome.Key, StringComparer.Ordinal);
    }

    private void Set(PipedriveDossier dossier, BatchResults results)
    {
        var result = dossier.Failure is null ? _mapper.Map(dossier, _names) : default;
        foreach (var index in dossier.Indexes)
        {
            if (dossier.Failure is { } failure)
            {
                results.Fail(index, failure);
            }
            else
            {
                results.Set(index, result);
            }
        }
    }

    /// <summary>Names are a comfort: a token that may not read them still reads persons.</summary>
    private static async ValueTask<IReadOnlyList<PipedriveRecord>> NamesAsync(ValueTask<List<PipedriveRecord>> names)
    {
        try
        {
            return await names.ConfigureAwait(false);
        }
        catch (PluginException)
        {
            return [];
        }
    }

    /// <summary>No person can have such a key. Where the request just lacks one, that is no knowledge of the user, so it is not remembered.</summary>
    private EnrichmentResult Impossible(EnrichmentRequest request) =>
        _lookup.LacksIdentity(request) ? EnrichmentResult.NotFound(TimeSpan.Zero) : EnrichmentResult.NotFound();
}
