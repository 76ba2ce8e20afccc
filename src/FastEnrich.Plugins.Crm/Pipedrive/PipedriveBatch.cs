using FastEnrich.Plugins.Batches;

namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>One batch of users: what to ask for, and whose each answer is. Belongs to one call.</summary>
internal sealed class PipedriveBatch
{
    private readonly PipedriveLookup _lookup;

    public PipedriveBatch(PipedriveLookup lookup, IReadOnlyList<EnrichmentRequest> requests)
    {
        _lookup = lookup;
        Keys = new BatchKeys(requests, lookup.KeyOf, lookup.Comparer);
    }

    /// <summary>Gets what to ask for, and what no answer has settled yet.</summary>
    public BatchKeys Keys { get; }

    /// <summary>Takes note of why a key could not be looked up.</summary>
    public IReadOnlyList<int> Fail(string key)
    {
        Keys.TrySettle(key);
        return Keys.IndexesOf(key);
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

            var indexes = keysById[askedId].Where(key => _lookup.Matches(person, key) && Keys.TrySettle(key)).SelectMany(Keys.IndexesOf).ToArray();
            if (indexes.Length > 0)
            {
                dossiers.Add(new PipedriveDossier(person, indexes));
            }
        }

        return dossiers;
    }
}
