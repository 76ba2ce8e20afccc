using System.Text.Json;
using FastEnrich.Plugins.Crm.HubSpot.Payloads;

namespace FastEnrich.Plugins.Crm.HubSpot;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class HubSpotBatch
{
    private readonly HubSpotLookup _lookup;
    private readonly Dictionary<string, List<int>> _indexes;
    private readonly HashSet<string> _answered;

    public HubSpotBatch(HubSpotLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        _indexes = new Dictionary<string, List<int>>(lookup.Comparer); // HubSpot refuses a batch that names a record twice
        _answered = new HashSet<string>(lookup.Comparer);
        List<int> impossible = [];
        for (var index = 0; index < requests.Count; index++)
        {
            if (lookup.KeyOf(requests[index]) is not { } key)
            {
                impossible.Add(index);
            }
            else if (_indexes.TryGetValue(key, out var indexes))
            {
                indexes.Add(index);
            }
            else
            {
                _indexes[key] = [index];
            }
        }

        Impossible = impossible;
    }

    /// <summary>Gets the keys to ask for, no two alike.</summary>
    public IReadOnlyCollection<string> Keys => _indexes.Keys;

    /// <summary>Gets the positions of requests that no contact can answer.</summary>
    public IReadOnlyList<int> Impossible { get; }

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
            var indexes = _lookup.KeysOf(contact, properties).Where(key => _indexes.ContainsKey(key) && _answered.Add(key)).SelectMany(key => _indexes[key]).ToArray();
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

        return _indexes.Where(entry => !_answered.Contains(entry.Key))
            .SelectMany(entry => entry.Value, (entry, index) => (index, named.TryGetValue(entry.Key, out var error) ? error : unnamed));
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
