namespace FastEnrich.Registry;

/// <summary>Finds and sorts entries. Pure.</summary>
internal static class PluginSearch
{
    public static PluginSearchResult Run(IEnumerable<PluginRegistryEntry> entries, PluginQuery query)
    {
        var found = Sort(entries.Where(entry => Fits(entry, query)), query);
        return new PluginSearchResult(found.Count, [.. found.Skip(query.Offset).Take(query.Limit)]);
    }

    private static bool Fits(PluginRegistryEntry entry, PluginQuery query)
    {
        var metadata = entry.Manifest?.Metadata;
        return (query.Text is null || entry.Name.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
            && (query.State is null || entry.State == query.State)
            && (query.MinRating is null || entry.AverageRating >= query.MinRating)
            && (query.Author is null || string.Equals(metadata?.Author, query.Author, StringComparison.OrdinalIgnoreCase))
            && query.Tags.All(tag => metadata?.Tags?.Contains(tag, StringComparer.OrdinalIgnoreCase) == true)
            && query.Capabilities.All(capability => metadata?.Capabilities.Contains(capability, StringComparer.OrdinalIgnoreCase) == true);
    }

    private static List<PluginRegistryEntry> Sort(IEnumerable<PluginRegistryEntry> entries, PluginQuery query)
    {
        var byName = entries.OrderBy(static entry => entry.Name, StringComparer.Ordinal); // LINQ's sort is stable
        return [.. (query.Sort, query.Descending) switch
        {
            (PluginSort.Rating, false) => byName.OrderBy(static entry => entry.AverageRating ?? 0),
            (PluginSort.Rating, true) => byName.OrderByDescending(static entry => entry.AverageRating ?? 0),
            (PluginSort.Usage, false) => byName.OrderBy(static entry => entry.TotalUsage),
            (PluginSort.Usage, true) => byName.OrderByDescending(static entry => entry.TotalUsage),
            (PluginSort.Date, false) => byName.OrderBy(static entry => entry.UpdatedAt),
            (PluginSort.Date, true) => byName.OrderByDescending(static entry => entry.UpdatedAt),
            (_, true) => byName.Reverse(),
            _ => byName,
        }];
    }
}
