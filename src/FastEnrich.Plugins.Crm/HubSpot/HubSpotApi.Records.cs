using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <content>What is associated with contacts and deals.</content>
internal sealed partial class HubSpotApi
{
    private const int MaxAssociated = 500; // one page of associations; whoever has more is no person
    private const int MaxAssociationInputs = 1000;
    private const int EventPage = 100;
    private const int MaxEventPages = 3;

    private static readonly TimeSpan s_eventsSince = TimeSpan.FromDays(30);

    /// <summary>Reads the ids of the records of one kind that records of another are associated with; up to 500 each.</summary>
    public async ValueTask<Dictionary<string, List<string>>> ReadAssociatedIdsAsync(string from, string to, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var uri = _associations.Append(from, to, "batch", "read").ToUri();
        var associated = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var waiting = new Queue<(string Id, string? After)>(ids.Select(id => (id, (string?)null)));
        while (waiting.Count > 0)
        {
            List<(string Id, string? After)> inputs = [];
            while (inputs.Count < MaxAssociationInputs && waiting.TryDequeue(out var input))
            {
                inputs.Add(input);
            }

            var response = await _transport.SendAsync(
                HttpMethod.Post, uri, () => HubSpotBodies.AssociationsRead(inputs), "read_associations", cancellationToken).ConfigureAwait(false);

            // Records without an association come as errors, or not at all.
            var answer = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotAssociationBatch);
            foreach (var association in answer.Results ?? throw Unusable("read_associations"))
            {
                if (Collect(association, associated) is { } next)
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return associated;
    }

    /// <summary>Reads any number of records of a kind; those that do not exist any more are left out.</summary>
    public async ValueTask<Dictionary<string, HubSpotObject>> ReadRecordsAsync(string kind, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var uri = _objects.Append(kind, "batch", "read").ToUri();
        var records = new Dictionary<string, HubSpotObject>(StringComparer.Ordinal);
        foreach (var chunk in ids.Distinct(StringComparer.Ordinal).Chunk(MaxBatch))
        {
            var batch = await ReadBatchAsync(uri, () => HubSpotBodies.BatchRead(chunk, _names.Of(kind), null), $"read_{kind}", cancellationToken).ConfigureAwait(false);
            foreach (var record in batch.Results!)
            {
                if (record is { Id: { } id, Archived: false })
                {
                    records[id] = record;
                }
            }
        }

        return records;
    }

    /// <summary>Reads a contact's page views of the last 30 days, up to 300.</summary>
    public async ValueTask<IReadOnlyList<HubSpotEvent>> ReadPageViewsAsync(string contactId, CancellationToken cancellationToken)
    {
        List<HubSpotEvent> events = [];
        string? after = null;
        for (var page = 0; page < MaxEventPages; page++)
        {
            var url = _events.Query("objectType", "contact").Query("objectId", contactId).Query("eventType", "e_visited_page")
                .Query("occurredAfter", Instant.Format(_time.GetUtcNow() - s_eventsSince)).Query("limit", $"{EventPage}");
            url = after is null ? url : url.Query("after", after);
            var response = await _transport.SendAsync(HttpMethod.Get, url.ToUri(), null, "read_page_views", cancellationToken).ConfigureAwait(false);
            var answer = Succeeded(response).Read(HubSpotPluginJsonContext.Default.HubSpotEventPage);
            events.AddRange((answer.Results ?? throw Unusable("read_page_views")).OfType<HubSpotEvent>().Take(EventPage));
            after = answer.Paging?.Next?.After;
            if (string.IsNullOrEmpty(after) || answer.Results.Count == 0)
            {
                break;
            }
        }

        return events;
    }

    private static (string Id, string? After)? Collect(HubSpotAssociation? association, Dictionary<string, List<string>> associated)
    {
        if (association?.From?.RecordId() is not { } from)
        {
            return null;
        }

        if (!associated.TryGetValue(from, out var ids))
        {
            associated[from] = ids = [];
        }

        var before = ids.Count;
        ids.AddRange((association.To ?? []).Select(record => record?.RecordId()).OfType<string>().Take(MaxAssociated - before));

        // A page that brings nothing new ends the reading, whatever its cursor says.
        return association.Paging?.Next?.After is { Length: > 0 } after && ids.Count > before && ids.Count < MaxAssociated ? (from, after) : null;
    }
}
