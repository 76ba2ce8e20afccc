namespace FastEnrich.Plugins.Crm.Salesforce;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class SalesforceBatch
{
    private readonly Dictionary<string, List<int>> _indexes;

    public SalesforceBatch(SalesforceLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _indexes = new Dictionary<string, List<int>>(lookup.Comparer);
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

    /// <summary>Gets the positions of the requests with a key.</summary>
    public IReadOnlyList<int> IndexesOf(string key) => _indexes[key];
}
