using FastEnrich.Plugins.Batches;
using FastEnrich.Plugins.Social.X.Payloads;

namespace FastEnrich.Plugins.Social.X;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class XBatch
{
    private readonly XLookup _lookup;

    public XBatch(XLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        Keys = new BatchKeys(requests, lookup.KeyOf, lookup.Comparer);
    }

    /// <summary>Gets what to ask for, and what no answer has settled yet.</summary>
    public BatchKeys Keys { get; }

    /// <summary>Finds the requests that each user answers; users that nobody asked for are left out.</summary>
    public IReadOnlyList<XBatchMember> Match(XUsersPage page) =>
    [
        .. from user in (page.Data ?? []).OfType<XUser>()
           let key = _lookup.KeyOf(user)
           where key is not null && Keys.TrySettle(key)
           select new XBatchMember(user, Keys.IndexesOf(key)),
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

        return Keys.Unsettled().Select(missing => (missing.Index, named.GetValueOrDefault(missing.Key) ?? unnamed));
    }
}
