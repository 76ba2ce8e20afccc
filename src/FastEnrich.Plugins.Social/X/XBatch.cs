using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class XBatch
{
    private readonly XLookup _lookup;
    private readonly Dictionary<string, List<int>> _indexes;
    private readonly HashSet<string> _answered;

    public XBatch(XLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        _indexes = new Dictionary<string, List<int>>(lookup.Comparer);
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

    /// <summary>Gets the positions of requests that no user can answer.</summary>
    public IReadOnlyList<int> Impossible { get; }

    /// <summary>Finds the requests that each user answers; users that nobody asked for are left out.</summary>
    public IReadOnlyList<XBatchMember> Match(XUsersPage page) =>
    [
        .. from user in (page.Data ?? []).OfType<XUser>()
           let key = _lookup.KeyOf(user)
           where key is not null && _indexes.ContainsKey(key) && _answered.Add(key)
           select new XBatchMember(user, _indexes[key]),
    ];

    /// <summary>Returns the requests without a user, each with the problem that speaks of it. Call after <see cref="Match"/>.</summary>
    public IEnumerable<(int Index, XProblem? Problem)> Missing(XUsersPage page)
    {
        var named = new Dictionary<string, XProblem>(_lookup.Comparer);
        XProblem? unnamed = null;
        foreach (var problem in page.Errors?.OfType<XProblem>() ?? [])
        {
            if ((XJson.Text(problem.Value) ?? XJson.Text(problem.ResourceId)) is { } key)
            {
                named.TryAdd(key, problem);
            }
            else
            {
                unnamed ??= problem;
            }
        }

        return _indexes.Where(entry => !_answered.Contains(entry.Key))
            .SelectMany(entry => entry.Value, (entry, index) => (index, named.GetValueOrDefault(entry.Key) ?? unnamed));
    }
}
