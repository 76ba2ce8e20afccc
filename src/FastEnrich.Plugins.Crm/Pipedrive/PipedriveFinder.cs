namespace FastEnrich.Plugins.Crm.Pipedrive;

/// <summary>Finds the id of the person that a key leads to. Thread-safe.</summary>
internal sealed class PipedriveFinder(PipedriveRequests requests, PipedriveLookup lookup)
{
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
        return found.Select(static person => person.Id).OfType<string>().MinBy(static id => (id.Length, id), Comparer<(int, string)>.Create(static (a, b) => a.Item1 != b.Item1 ? a.Item1.CompareTo(b.Item1) : string.CompareOrdinal(a.Item2, b.Item2)));
    }
}
