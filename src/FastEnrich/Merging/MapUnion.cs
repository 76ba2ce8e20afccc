using System.Text.Json;

namespace FastEnrich.Merging;

/// <summary>Open maps in the order of their plugins; for each top-level key the first one wins.</summary>
internal static class MapUnion
{
    public static IReadOnlyDictionary<string, JsonElement>? Of(MergeOrder order, Func<UserEnrichment, IReadOnlyDictionary<string, JsonElement>?> member)
    {
        IReadOnlyDictionary<string, JsonElement>? first = null;
        Dictionary<string, JsonElement>? union = null;
        for (var i = 0; i < order.Count; i++)
        {
            if (member(order.Ranked(i).Enrichment) is not { } map)
            {
                continue;
            }

            if (first is null)
            {
                first = map;
                continue;
            }

            union ??= new Dictionary<string, JsonElement>(first, StringComparer.Ordinal);
            foreach (var (key, value) in map)
            {
                union.TryAdd(key, value);
            }
        }

        return union ?? first;
    }
}
