using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>The requests of HubSpot's API that the plugin needs. Thread-safe.</summary>
internal sealed partial class HubSpotApi
{
    public const int MaxBatch = 100; // of records of any kind

    private readonly HubSpotTransport _transport;
    private readonly string _plugin;
    private readonly HubSpotLookup _lookup;
    private readonly HubSpotPropertyNames _names;
    private readonly TimeProvider _time;
    private readonly UpstreamUrl _objects;
    private readonly UpstreamUrl _associations;
    private readonly UpstreamUrl _contacts;
    private readonly UpstreamUrl _events;
    private readonly Uri _contactBatch;
    private readonly Uri _usage;
    private readonly string _contactQuery;

    public HubSpotApi(string plugin, HubSpotTransport transport, HubSpotOptions options, HubSpotLookup lookup, TimeProvider time)
    {
        _plugin = plugin;
        _transport = transport;
        _lookup = lookup;
        _names = new HubSpotPropertyNames(options, lookup);
        _contactQuery = string.Join(',', _names.Contact);
        _time = time;
        _objects = Versioned(transport.Root, options.PathPrefix, "objects");
        _associations = Versioned(transport.Root, options.AssociationsPrefix, "associations");
        _contacts = _objects.Append("contacts");
        _contactBatch = _contacts.Append("batch", "read").ToUri();
        _events = transport.Root.Append("events", "v3", "events");
        _usage = transport.Root.Append("account-info", "v3", "api-usage", "daily", "private-apps").ToUri();
    }

    /// <summary>Reads one contact; <see langword="null"/> when there is none.</summary>
    public async ValueTask<HubSpotObject?> ReadContactAsync(string key, CancellationToken cancellationToken)
    {
        var url = _contacts.Append(key).Query("properties", _contactQuery);
        if (_lookup.IdProperty is { } idProperty)
        {
            url = url.Query("idProperty", idProperty);
        }

        var response = await _transport.SendAsync(HttpMethod.Get, url.ToUri(), null, "read_contact", cancellationToken).ConfigureAwait(false);
        if (HubSpotErrors.IsUnknownRecord(response))
        {
            return null;
        }

        var contact = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotObject);
        return contact.Id is null ? throw Unusable("read_contact") : contact;
    }

    /// <summary>Reads up to 100 contacts by keys of which no two are alike.</summary>
    public ValueTask<HubSpotObjectBatch> ReadContactsAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        ReadBatchAsync(_contactBatch, () => HubSpotBodies.BatchRead(keys, _names.Contact, _lookup.IdProperty), "read_contacts", cancellationToken);

    /// <summary>Asks for the account's usage: an authenticated call that touches no record.</summary>
    public ValueTask<UpstreamResponse> ReadUsageAsync(CancellationToken cancellationToken) =>
        _transport.SendAsync(HttpMethod.Get, _usage, null, "check_health", cancellationToken);

    private static UpstreamUrl Versioned(UpstreamUrl root, string prefix, string collection)
    {
        var url = root.AppendPath(prefix);
        return prefix.Split('/').Contains(collection, StringComparer.Ordinal) ? url : url.Append(collection);
    }

    private static UpstreamResponse Succeeded(UpstreamResponse response) =>
        response.IsSuccess ? response : throw HubSpotErrors.ToException(response);

    private async ValueTask<HubSpotObjectBatch> ReadBatchAsync(Uri uri, Func<HttpContent> body, string operation, CancellationToken cancellationToken)
    {
        var response = await _transport.SendAsync(HttpMethod.Post, uri, body, operation, cancellationToken).ConfigureAwait(false);
        var batch = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotObjectBatch);
        return batch.Results is null ? throw Unusable(operation) : batch;
    }

    private PluginException Unusable(string operation) =>
        new(_plugin, operation, "the answer lacks what the API promises", PluginErrorCode.InvalidResponse);
}
