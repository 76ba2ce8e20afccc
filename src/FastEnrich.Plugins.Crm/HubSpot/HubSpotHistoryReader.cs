using System.Collections.Concurrent;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>Reads what is associated with a batch of contacts, as the capabilities say. Thread-safe.</summary>
internal sealed class HubSpotHistoryReader(HubSpotApi api, HubSpotOptions options)
{
    private const int MaxEngagements = 10; // of a kind and contact: the newest
    private const int ParallelEventReads = 4;

    private static readonly string[] s_engagements = ["calls", "emails", "meetings", "notes", "tasks"];

    private readonly bool _deals = options.Capabilities.Contains(HubSpotCapability.PurchaseHistory);
    private readonly bool _lineItems = options.Capabilities.Contains(HubSpotCapability.LineItems);
    private readonly bool _engagements = options.Capabilities.Contains(HubSpotCapability.InteractionTracking);
    private readonly bool _pageViews = options.Capabilities.Contains(HubSpotCapability.PageViews);

    /// <summary>Gets how many requests a batch of users takes when each kind fits into one.</summary>
    public int RequestsPerBatch => 1 + (_deals ? 2 : 0) + (_deals && _lineItems ? 2 : 0) + (_engagements ? 2 * s_engagements.Length : 0) + (_pageViews ? 1 : 0);

    /// <summary>Reads the histories of contacts, by record id.</summary>
    public async ValueTask<Func<HubSpotObject, HubSpotHistory>> ReadAsync(IEnumerable<HubSpotObject> contacts, CancellationToken cancellationToken)
    {
        string[] ids = [.. contacts.Select(contact => contact.Id).OfType<string>().Where(RecordIds.IsValid).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0 || RequestsPerBatch == 1)
        {
            return static _ => HubSpotHistory.Empty;
        }

        var deals = await ReadDealsAsync(ids, cancellationToken).ConfigureAwait(false);
        var engagements = await ReadEngagementsAsync(ids, cancellationToken).ConfigureAwait(false);
        var pageViews = await ReadPageViewsAsync(ids, cancellationToken).ConfigureAwait(false);
        return contact => new HubSpotHistory(
            deals.GetValueOrDefault(contact.Id!, []),
            engagements.GetValueOrDefault(contact.Id!, []),
            pageViews?.GetValueOrDefault(contact.Id!));
    }

    private async ValueTask<Dictionary<string, List<(HubSpotObject Deal, IReadOnlyList<HubSpotObject> LineItems)>>> ReadDealsAsync(
        string[] contacts, CancellationToken cancellationToken)
    {
        if (!_deals)
        {
            return [];
        }

        var ids = await api.ReadAssociatedIdsAsync("contacts", "deals", contacts, cancellationToken).ConfigureAwait(false);
        var deals = await api.ReadRecordsAsync("deals", ids.Values.SelectMany(list => list), cancellationToken).ConfigureAwait(false);
        var lineItems = await ReadLineItemsAsync(deals, cancellationToken).ConfigureAwait(false);
        return ids.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Distinct(StringComparer.Ordinal).Where(deals.ContainsKey).Select(id => (deals[id], lineItems.GetValueOrDefault(id, []))).ToList(),
            StringComparer.Ordinal);
    }

    /// <summary>Only of won deals: nobody has bought the others.</summary>
    private async ValueTask<Dictionary<string, IReadOnlyList<HubSpotObject>>> ReadLineItemsAsync(Dictionary<string, HubSpotObject> deals, CancellationToken cancellationToken)
    {
        string[] won = _lineItems ? [.. deals.Where(deal => HubSpotMapper.IsWon(deal.Value)).Select(deal => deal.Key)] : [];
        if (won.Length == 0)
        {
            return [];
        }

        var ids = await api.ReadAssociatedIdsAsync("deals", "line_items", won, cancellationToken).ConfigureAwait(false);
        var lineItems = await api.ReadRecordsAsync("line_items", ids.Values.SelectMany(list => list), cancellationToken).ConfigureAwait(false);
        return ids.ToDictionary(entry => entry.Key, entry => Records(entry.Value, lineItems), StringComparer.Ordinal);
    }

    private async ValueTask<Dictionary<string, List<(string Kind, HubSpotObject Record)>>> ReadEngagementsAsync(string[] contacts, CancellationToken cancellationToken)
    {
        var engagements = new Dictionary<string, List<(string, HubSpotObject)>>(StringComparer.Ordinal);
        foreach (var kind in _engagements ? s_engagements : [])
        {
            var ids = await api.ReadAssociatedIdsAsync("contacts", kind, contacts, cancellationToken).ConfigureAwait(false);
            foreach (var list in ids.Values.Where(list => list.Count > MaxEngagements))
            {
                list.Sort(static (one, other) => long.Parse(other).CompareTo(long.Parse(one))); // ids grow with time
                list.RemoveRange(MaxEngagements, list.Count - MaxEngagements);
            }

            var records = await api.ReadRecordsAsync(kind, ids.Values.SelectMany(list => list), cancellationToken).ConfigureAwait(false);
            foreach (var (contact, list) in ids)
            {
                if (!engagements.TryGetValue(contact, out var all))
                {
                    engagements[contact] = all = [];
                }

                all.AddRange(Records(list, records).Select(record => (kind, record)));
            }
        }

        return engagements;
    }

    private async ValueTask<ConcurrentDictionary<string, IReadOnlyList<HubSpotEvent>>?> ReadPageViewsAsync(string[] contacts, CancellationToken cancellationToken)
    {
        if (!_pageViews)
        {
            return null;
        }

        var views = new ConcurrentDictionary<string, IReadOnlyList<HubSpotEvent>>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelEventReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(contacts, parallel, async (id, token) => views[id] = await api.ReadPageViewsAsync(id, token).ConfigureAwait(false)).ConfigureAwait(false);
        return views;
    }

    private static IReadOnlyList<HubSpotObject> Records(IEnumerable<string> ids, Dictionary<string, HubSpotObject> records) =>
        [.. ids.Distinct(StringComparer.Ordinal).Select(id => records.GetValueOrDefault(id)).OfType<HubSpotObject>()];
}
