namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class PipedriveBatch
{
    private readonly PipedriveLookup _lookup;
    private readonly Dictionary<string, List<int>> _indexes;
    private readonly HashSet<string> _settled;

    public PipedriveBatch(PipedriveLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        _indexes = new Dictionary<string, List<int>>(lookup.Comparer);
        _settled = new HashSet<string>(lookup.Comparer);
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

    /// <summary>Gets the positions of requests that no person can answer.</summary>
    public IReadOnlyList<int> Impossible { get; }

    /// <summary>Takes note of why a key could not be looked up.</summary>
    public IReadOnlyList<int> Fail(string key)
    {
        _settled.Add(key);
        return _indexes[key];
    }

    /// <summary>Opens a dossier for each person that somebody asked for, given which keys lead to which id.</summary>
    public IReadOnlyList<PipedriveDossier> Match(ILookup<string, string> keysById, IEnumerable<(string AskedId, PipedriveRecord Person)> answers)
    {
        List<PipedriveDossier> dossiers = [];
        foreach (var (askedId, person) in answers)
        {
            if (person.Id is null || person.IsDeleted)
            {
                continue;
            }

            var indexes = keysById[askedId].Where(key => _lookup.Matches(person, key) && _settled.Add(key)).SelectMany(key => _indexes[key]).ToArray();
            if (indexes.Length > 0)
            {
                dossiers.Add(new PipedriveDossier(person, indexes));
            }
        }

        return dossiers;
    }

    /// <summary>Returns the positions of requests without a person and without a failure. Call it last.</summary>
    public IEnumerable<int> Missing() => _indexes.Where(entry => !_settled.Contains(entry.Key)).SelectMany(static entry => entry.Value);
}
