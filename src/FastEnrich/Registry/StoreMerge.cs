namespace FastEnrich.Registry;

/// <summary>Adds what one process counted to what the file holds, which other processes may have written. Pure.</summary>
internal static class StoreMerge
{
    public const int MaxReviews = 1000;
    public const int MaxPlugins = 10_000;
    public const long MaxReviewText = 8 * 1024 * 1024;

    public static Dictionary<string, StoredPlugin> Add(IReadOnlyDictionary<string, StoredPlugin> held, IReadOnlyDictionary<string, StoredPlugin> added)
    {
        var merged = new Dictionary<string, StoredPlugin>(held, StringComparer.Ordinal);
        foreach (var (name, plugin) in added)
        {
            if (merged.TryGetValue(name, out var known) || merged.Count < MaxPlugins || MakeRoom(merged))
            {
                merged[name] = known is null ? plugin with { Reviews = Newest(plugin.Reviews) } : Add(known, plugin);
            }
        }

        Trim(merged);
        return merged;
    }

    /// <summary>Each review once, the newest first, as many as are kept.</summary>
    public static IReadOnlyList<PluginReview> Newest(IEnumerable<PluginReview> reviews) =>
        [
            .. reviews.DistinctBy(static review => review.Id)
                .OrderByDescending(static review => review.CreatedAt)
                .ThenBy(static review => review.Id, StringComparer.Ordinal)
                .Take(MaxReviews),
        ];

    private static StoredPlugin Add(StoredPlugin held, StoredPlugin added)
    {
        var isNewer = held.UpdatedAt is null || (added.UpdatedAt > held.UpdatedAt && added.Version != held.Version);
        return new StoredPlugin
        {
            Usage = held.Usage > long.MaxValue - added.Usage ? long.MaxValue : held.Usage + added.Usage,
            LastUsed = held.LastUsed > added.LastUsed ? held.LastUsed : added.LastUsed ?? held.LastUsed,
            InstalledAt = held.InstalledAt < added.InstalledAt ? held.InstalledAt : added.InstalledAt ?? held.InstalledAt,
            UpdatedAt = isNewer ? added.UpdatedAt : held.UpdatedAt,
            Version = isNewer ? added.Version : held.Version,
            Reviews = Newest([.. held.Reviews, .. added.Reviews]),
        };
    }

    /// <summary>A plugin that nobody used or reviewed gives way.</summary>
    private static bool MakeRoom(Dictionary<string, StoredPlugin> plugins) =>
        plugins.FirstOrDefault(static pair => pair.Value is { Usage: 0, Reviews.Count: 0 }).Key is { } name && plugins.Remove(name);

    /// <summary>The file stays of a size that can be read: the oldest reviews of all make room.</summary>
    private static void Trim(Dictionary<string, StoredPlugin> plugins)
    {
        var text = plugins.Values.Sum(static plugin => plugin.Reviews.Sum(Size));
        if (text <= MaxReviewText)
        {
            return;
        }

        var gone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var review in plugins.Values.SelectMany(static plugin => plugin.Reviews).OrderBy(static review => review.CreatedAt))
        {
            if (text <= MaxReviewText)
            {
                break;
            }

            text -= Size(review);
            gone.Add(review.Id);
        }

        foreach (var (name, plugin) in plugins.ToArray())
        {
            plugins[name] = plugin with { Reviews = [.. plugin.Reviews.Where(review => !gone.Contains(review.Id))] };
        }
    }

    private static long Size(PluginReview review) => 200 + review.Comment.Length + (review.Reviewer?.Length ?? 0) + review.Version.Length; // 200: id, time and names
}
