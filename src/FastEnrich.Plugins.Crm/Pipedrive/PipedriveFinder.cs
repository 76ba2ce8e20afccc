namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Finds the id of the person that a key leads to. Thread-safe.</summary>
internal sealed class PipedriveFinder(PipedriveRequests requests, PipedriveLookup lookup)
{
    private const int Parallelism = 4; // searches are ten in two seconds

    private static readonly Comparer<string> s_byAge = Comparer<string>.Create(static (a, b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b));

    /// <summary>Returns an id, or <see langword="null"/> when nobody has the key. Of several persons who have it, the first to be known is the user.</summary>
    public async ValueTask<string?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (lookup.ById)
        {
            return key;
        }

        // Addresses come with the search's items; the values of other fields do not, and are checked on the person.
        var found = lookup.Field is { } field
            ? await requests.FindByFieldAsync(field, key, cancellationToken).ConfigureAwait(false)
            : (await requests.FindByEmailAsync(key, cancellationToken).ConfigureAwait(false)).Where(person => lookup.Matches(person, key));
        return found.Select(static person => person.Id).OfType<string>().Order(s_byAge).FirstOrDefault();
    }

    /// <summary>Finds the ids of several keys; a failure is that of its key.</summary>
    public async ValueTask<IReadOnlyList<(string Key, string? Id, PluginException? Failure)>> FindAllAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (lookup.ById)
        {
            return [.. keys.Select(static key => (key, (string?)key, (PluginException?)null))];
        }

        var outcomes = new (string Key, string? Id, PluginException? Failure)[keys.Count];
        await Parallel.ForEachAsync(
            keys.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (entry, token) => outcomes[entry.Index] = await TryFindAsync(entry.Item, token).ConfigureAwait(false)).ConfigureAwait(false);
        return outcomes;
    }

    private async ValueTask<(string Key, string? Id, PluginException? Failure)> TryFindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return (key, await FindAsync(key, cancellationToken).ConfigureAwait(false), null);
        }
        catch (PluginException failure)
        {
            return (key, null, failure);
        }
    }
}
