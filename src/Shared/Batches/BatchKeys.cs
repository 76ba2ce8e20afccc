namespace FastEnrich.Plugins.Batches;

/// <summary>The requests of one batch by what they are looked up by, and which of them are settled. Belongs to one call.</summary>
internal sealed class BatchKeys
{
    private readonly Dictionary<string, List<int>> _indexes;
    private readonly HashSet<string> _settled;

    /// <param name="requests">The batch's members.</param>
    /// <param name="keyOf">What a member is looked up by; nothing when no record can answer it.</param>
    /// <param name="comparer">Which keys are one to the upstream: most refuse or bill a batch that names a record twice.</param>
    public BatchKeys(IReadOnlyList<EnrichmentRequest> requests, Func<EnrichmentRequest, string?> keyOf, IEqualityComparer<string> comparer)
    {
        _indexes = new Dictionary<string, List<int>>(comparer);
        _settled = new HashSet<string>(comparer);
        List<int> impossible = [];
        for (var index = 0; index < requests.Count; index++)
        {
            if (keyOf(requests[index]) is not { } key)
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
    public IReadOnlyCollection<string> All => _indexes.Keys;

    /// <summary>Gets the positions of requests that no record can answer.</summary>
    public IReadOnlyList<int> Impossible { get; }

    /// <summary>Gets the positions of the requests with a key that was asked for.</summary>
    public IReadOnlyList<int> IndexesOf(string key) => _indexes[key];

    /// <summary>Settles a key; <see langword="false"/> when nobody asked for it or it was settled before.</summary>
    public bool TrySettle(string key) => _indexes.ContainsKey(key) && _settled.Add(key);

    /// <summary>Returns what no answer has settled, each position with its key.</summary>
    public IEnumerable<(string Key, int Index)> Unsettled() =>
        _indexes.Where(entry => !_settled.Contains(entry.Key)).SelectMany(static entry => entry.Value, static (entry, index) => (entry.Key, index));
}
