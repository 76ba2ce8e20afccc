using System.Net;
using System.Net.Http.Headers;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>The requests of HubSpot's CRM API that the plugin needs. Thread-safe.</summary>
internal sealed class HubSpotApi
{
    public const int MaxBatch = 100; // of contacts and of deals
    public const int MaxDealsPerContact = 500; // one page of associations; whoever has more is no person

    private readonly UpstreamClient _upstream;
    private readonly AuthenticationHeaderValue _authorization;
    private readonly TimeSpan _timeout;
    private readonly HubSpotLookup _lookup;
    private readonly HubSpotPropertyNames _names;
    private readonly UpstreamUrl _contacts;
    private readonly string _contactQuery;
    private readonly Uri _contactBatch;
    private readonly Uri _dealBatch;
    private readonly Uri _associationBatch;
    private readonly Uri _usage;

    public HubSpotApi(UpstreamClient upstream, HubSpotOptions options, HubSpotLookup lookup)
    {
        _upstream = upstream;
        _authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _timeout = TimeSpan.FromSeconds(options.Timeout);
        _lookup = lookup;
        _names = new HubSpotPropertyNames(options, lookup);
        _contactQuery = string.Join(',', _names.Contact);

        var root = new UpstreamUrl(options.ApiUrl);
        var objects = Versioned(root, options.PathPrefix, "objects");
        _contacts = objects.Append("contacts");
        _contactBatch = _contacts.Append("batch", "read").ToUri();
        _dealBatch = objects.Append("deals", "batch", "read").ToUri();
        _associationBatch = Versioned(root, options.AssociationsPrefix, "associations").Append("contacts", "deals", "batch", "read").ToUri();
        _usage = root.Append("account-info", "v3", "api-usage", "daily", "private-apps").ToUri();
    }

    /// <summary>Reads one contact; <see langword="null"/> when there is none.</summary>
    public async ValueTask<HubSpotObject?> ReadContactAsync(string key, CancellationToken cancellationToken)
    {
        var url = _contacts.Append(key).Query("properties", _contactQuery);
        if (_lookup.IdProperty is { } idProperty)
        {
            url = url.Query("idProperty", idProperty);
        }

        var response = await SendAsync(HttpMethod.Get, url.ToUri(), null, "read_contact", cancellationToken).ConfigureAwait(false);
        if (HubSpotErrors.IsUnknownRecord(response))
        {
            return null;
        }

        var contact = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotObject);
        return contact.Id is null ? throw Unusable("read_contact") : contact;
    }

    /// <summary>Reads up to 100 contacts by keys of which no two are alike.</summary>
    public async ValueTask<HubSpotObjectBatch> ReadContactsAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        await ReadBatchAsync(_contactBatch, HubSpotBodies.BatchRead(keys, _names.Contact, _lookup.IdProperty), "read_contacts", cancellationToken).ConfigureAwait(false);

    /// <summary>Reads the ids of the deals of up to 100 contacts.</summary>
    public async ValueTask<Dictionary<string, List<string>>> ReadDealIdsAsync(IEnumerable<string> contactIds, CancellationToken cancellationToken)
    {
        var deals = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<(string Id, string? After)> inputs = [.. contactIds.Select(id => (id, (string?)null))];
        while (inputs.Count > 0)
        {
            var response = await SendAsync(HttpMethod.Post, _associationBatch, HubSpotBodies.AssociationsRead(inputs), "read_associations", cancellationToken).ConfigureAwait(false);
            inputs.Clear();

            // Contacts without a deal come as errors, or not at all.
            var answer = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotAssociationBatch);
            foreach (var association in answer.Results ?? throw Unusable("read_associations"))
            {
                Collect(association, deals, inputs);
            }
        }

        return deals;
    }

    /// <summary>Reads any number of deals; those that do not exist any more are left out.</summary>
    public async ValueTask<Dictionary<string, HubSpotObject>> ReadDealsAsync(IEnumerable<string> dealIds, CancellationToken cancellationToken)
    {
        var deals = new Dictionary<string, HubSpotObject>(StringComparer.Ordinal);
        foreach (var chunk in dealIds.Distinct(StringComparer.Ordinal).Chunk(MaxBatch))
        {
            var batch = await ReadBatchAsync(_dealBatch, HubSpotBodies.BatchRead(chunk, _names.Deal, null), "read_deals", cancellationToken).ConfigureAwait(false);
            foreach (var deal in batch.Results!)
            {
                if (deal?.Id is { } id)
                {
                    deals[id] = deal;
                }
            }
        }

        return deals;
    }

    /// <summary>Asks for the account's usage: an authenticated call that touches no record.</summary>
    public ValueTask<UpstreamResponse> ReadUsageAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, _usage, null, "check_health", cancellationToken);

    private static void Collect(HubSpotAssociation? association, Dictionary<string, List<string>> deals, List<(string Id, string? After)> next)
    {
        if (association?.From?.RecordId() is not { } contact)
        {
            return;
        }

        if (!deals.TryGetValue(contact, out var ids))
        {
            deals[contact] = ids = [];
        }

        var before = ids.Count;
        ids.AddRange((association.To ?? []).Select(deal => deal?.RecordId()).OfType<string>().Take(MaxDealsPerContact - before));

        // A page that brings nothing new ends the reading, whatever its cursor says.
        if (association.Paging?.Next?.After is { Length: > 0 } after && ids.Count > before && ids.Count < MaxDealsPerContact)
        {
            next.Add((contact, after));
        }
    }

    private static UpstreamUrl Versioned(UpstreamUrl root, string prefix, string collection)
    {
        var url = root.AppendPath(prefix);
        return prefix.Split('/').Contains(collection, StringComparer.Ordinal) ? url : url.Append(collection);
    }

    private static UpstreamResponse Succeeded(UpstreamResponse response) =>
        response.IsSuccess ? response : throw HubSpotErrors.ToException(response);

    private async ValueTask<HubSpotObjectBatch> ReadBatchAsync(Uri uri, HttpContent body, string operation, CancellationToken cancellationToken)
    {
        var response = await SendAsync(HttpMethod.Post, uri, body, operation, cancellationToken).ConfigureAwait(false);
        var batch = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotObjectBatch);
        return batch.Results is null ? throw Unusable(operation) : batch;
    }

    private async ValueTask<UpstreamResponse> SendAsync(HttpMethod method, Uri uri, HttpContent? content, string operation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri) { Content = content };
        request.Headers.Authorization = _authorization;
        return await _upstream.SendAsync(request, operation, _timeout, cancellationToken).ConfigureAwait(false);
    }

    private PluginException Unusable(string operation) =>
        new(_upstream.PluginName, operation, "the answer lacks what the API promises", PluginErrorCode.InvalidResponse);
}
