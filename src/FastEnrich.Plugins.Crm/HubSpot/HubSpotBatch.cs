using System.Text.Json;
using FastEnrich.Plugins.Batches;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;
using FastEnrich.Plugins.Values;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class HubSpotBatch
{
    private readonly HubSpotLookup _lookup;

    public HubSpotBatch(HubSpotLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        Keys = new BatchKeys(requests, lookup.KeyOf, lookup.Comparer);
    }

    /// <summary>Gets what to ask for, and what no answer has settled yet.</summary>
    public BatchKeys Keys { get; }

    /// <summary>Finds the requests that each contact answers; contacts that nobody asked for are left out.</summary>
    public IReadOnlyList<HubSpotBatchMember> Match(HubSpotObjectBatch answer)
    {
        List<HubSpotBatchMember> members = [];
        foreach (var contact in answer.Results!)
        {
            if (contact?.Id is null || contact.Archived)
            {
                continue;
            }

            var properties = new HubSpotProperties(contact.Properties);
            var indexes = _lookup.KeysOf(contact, properties).Where(Keys.TrySettle).SelectMany(Keys.IndexesOf).ToArray();
            if (indexes.Length > 0)
            {
                members.Add(new HubSpotBatchMember(contact, properties, indexes));
            }
        }

        return members;
    }

    /// <summary>Returns the requests without a contact, each with the error that speaks of it. Call after <see cref="Match"/>.</summary>
    public IEnumerable<(int Index, HubSpotError? Error)> Missing(HubSpotObjectBatch answer)
    {
        var named = new Dictionary<string, HubSpotError>(_lookup.Comparer);
        HubSpotError? unnamed = null;
        foreach (var error in answer.Errors?.OfType<HubSpotError>() ?? [])
        {
            var ids = Ids(error).ToList();
            ids.ForEach(id => named.TryAdd(id, error));
            unnamed ??= ids.Count == 0 ? error : null;
        }

        return Keys.Unsettled().Select(missing => (missing.Index, named.GetValueOrDefault(missing.Key) ?? unnamed));
    }

    private static IEnumerable<string> Ids(HubSpotError error) =>
        error.Context.ValueKind == JsonValueKind.Object
            ? new[] { "ids", "id" }.SelectMany(name => Texts(error.Context, name))
            : [];

    private static IEnumerable<string> Texts(JsonElement context, string name)
    {
        var value = context.EnumerateObject().FirstOrDefault(property => property.NameEquals(name)).Value;
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(RawText.Read).OfType<string>()
            : RawText.Read(value) is { } single ? [single]
            : [];
    }
}
