namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>The requests that the plugin needs. Thread-safe.</summary>
internal sealed class PipedriveRequests
{
    public const int MaxDeals = 500; // of one person; whoever has more is no person
    public const int MaxActivities = 100; // the latest

    private const int MaxCustomFields = 15; // more cannot be asked for by name; then all of them come
    private const int MaxProducts = 2000; // of a hundred deals
    private const int MaxCandidates = 100;

    private const string PersonFields =
        "open_deals_count,closed_deals_count,won_deals_count,lost_deals_count,email_messages_count,activities_count,done_activities_count,undone_activities_count,"
        + "files_count,notes_count,followers_count,last_incoming_mail_time,last_outgoing_mail_time";

    private readonly PipedriveApi _api;
    private readonly string _prefix;
    private readonly string _legacyPrefix;
    private readonly string[] _customFields;
    private readonly string[] _dealFields;

    public PipedriveRequests(PipedriveApi api, PipedriveOptions options, PipedriveLookup lookup)
    {
        _api = api;
        _prefix = options.PathPrefix;
        _legacyPrefix = options.LegacyPathPrefix;
        _customFields = Keys([.. options.CustomFields.Values, lookup.Field ?? ""]);
        _dealFields = Keys([options.DealProductField, options.DealCategoryField]);
        _ = Person(new UpstreamUrl(PipedriveApi.DefaultUrl).AppendPath(_legacyPrefix)); // refuses a path that cannot be sent
        _ = V2(new UpstreamUrl(PipedriveApi.DefaultUrl), "persons");
    }

    /// <summary>Waits for the turn of a user, or of a batch of users.</summary>
    public ValueTask EnterAsync(CancellationToken cancellationToken) => _api.EnterAsync(cancellationToken);

    public ValueTask<PipedriveRecord?> ReadPersonAsync(string id, CancellationToken cancellationToken) =>
        _api.ReadAsync(url => Person(V2(url, "persons", id)), "read_person", PipedriveCosts.Record, cancellationToken);

    /// <summary>Reads up to 100 persons; those that do not exist are left out.</summary>
    public ValueTask<List<PipedriveRecord>> ListPersonsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var joined = string.Join(',', ids);
        return _api.ListAsync(
            url => Person(V2(url, "persons").Query("ids", joined)).Query("limit", "100"),
            "read_persons",
            PipedriveCosts.List,
            PipedriveApi.MaxBatch,
            cancellationToken);
    }

    /// <summary>Finds persons by an e-mail address in any case.</summary>
    public ValueTask<List<PipedriveRecord>> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        _api.ListAsync(
            url => V2(url, "persons", "search").Query("term", email).Query("fields", "email").Query("exact_match", "true").Query("limit", "100"),
            "find_person", PipedriveCosts.Search, MaxCandidates, cancellationToken);

    /// <summary>Finds persons by the exact value of a custom field.</summary>
    public ValueTask<List<PipedriveRecord>> FindByFieldAsync(string field, string value, CancellationToken cancellationToken) =>
        _api.ListAsync(
            url => V2(url, "itemSearch", "field").Query("term", value).Query("entity_type", "person").Query("match", "exact").Query("field", field).Query("limit", "100"),
            "find_person", PipedriveCosts.Search, MaxCandidates, cancellationToken);

    /// <summary>Reads a person's won and open deals, the latest first.</summary>
    public ValueTask<List<PipedriveRecord>> ListDealsAsync(string personId, CancellationToken cancellationToken) =>
        _api.ListAsync(
            url => Custom(V2(url, "deals").Query("person_id", personId).Query("status", "won,open").Query("include_fields", "products_count"), _dealFields)
                .Query("sort_by", "update_time").Query("sort_direction", "desc").Query("limit", "500"),
            "read_deals", PipedriveCosts.List, MaxDeals, cancellationToken);

    /// <summary>Reads the products of up to 100 deals.</summary>
    public ValueTask<List<PipedriveRecord>> ListProductsAsync(IEnumerable<string> dealIds, CancellationToken cancellationToken)
    {
        var joined = string.Join(',', dealIds);
        return _api.ListAsync(
            url => V2(url, "deals", "products").Query("deal_ids", joined).Query("limit", "500"),
            "read_products",
            PipedriveCosts.List,
            MaxProducts,
            cancellationToken);
    }

    /// <summary>Reads the latest activities whose primary participant is the person.</summary>
    public ValueTask<List<PipedriveRecord>> ListActivitiesAsync(string personId, CancellationToken cancellationToken) =>
        _api.ListAsync(
            url => V2(url, "activities").Query("person_id", personId).Query("sort_by", "due_date").Query("sort_direction", "desc").Query("limit", "100"),
            "read_activities", PipedriveCosts.List, MaxActivities, cancellationToken);

    public ValueTask<PipedriveRecord?> ReadOrganizationAsync(string id, CancellationToken cancellationToken) =>
        _api.ReadAsync(url => V2(url, "organizations", id), "read_organization", PipedriveCosts.Record, cancellationToken);

    /// <summary>Reads up to 100 organizations; those that do not exist are left out.</summary>
    public ValueTask<List<PipedriveRecord>> ListOrganizationsAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var joined = string.Join(',', ids);
        return _api.ListAsync(
            url => V2(url, "organizations").Query("ids", joined).Query("limit", "100"),
            "read_organizations",
            PipedriveCosts.List,
            PipedriveApi.MaxBatch,
            cancellationToken);
    }

    public ValueTask<List<PipedriveRecord>> ListPipelinesAsync(CancellationToken cancellationToken) =>
        _api.ListAsync(url => V2(url, "pipelines").Query("limit", "500"), "read_pipelines", PipedriveCosts.Pipelines, PipedriveNames.MaxNames, cancellationToken);

    public ValueTask<List<PipedriveRecord>> ListDealFieldsAsync(CancellationToken cancellationToken) =>
        _api.ListAsync(url => V2(url, "dealFields").Query("limit", "500"), "read_deal_fields", PipedriveCosts.List, PipedriveNames.MaxNames, cancellationToken);

    /// <summary>Asks whose token it is: an authenticated call that touches no record.</summary>
    public ValueTask<PipedriveRecord?> ReadUserAsync(CancellationToken cancellationToken) =>
        _api.ReadAsync(url => url.AppendPath(_legacyPrefix).Append("users", "me"), "check_token", PipedriveCosts.User, cancellationToken);

    private static string[] Keys(IEnumerable<string> keys) =>
        keys.Where(static key => key.Length > 0).Distinct(StringComparer.Ordinal).ToArray() is { Length: <= MaxCustomFields } few ? few : [];

    private static UpstreamUrl Custom(UpstreamUrl url, string[] fields) =>
        (fields.Length > 0 ? url.Query("custom_fields", string.Join(',', fields)) : url).Query("include_option_labels", "true");

    private UpstreamUrl V2(UpstreamUrl root, params ReadOnlySpan<string> segments) => root.AppendPath(_prefix).Append(segments);

    private UpstreamUrl Person(UpstreamUrl url) => Custom(url.Query("include_fields", PersonFields), _customFields).Query("include_labels", "true");
}
