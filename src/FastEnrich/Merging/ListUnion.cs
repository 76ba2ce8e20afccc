namespace FastEnrich.Merging;

/// <summary>Lists in the order of their plugins, each text once without regard to case, as first seen.</summary>
internal static class ListUnion
{
    public const int MaxCount = 1000;

    // Up to here comparing each with each is cheaper than a hash set, and allocates nothing.
    private const int QuadraticCount = 16;

    public static IReadOnlyList<string>? Of(MergeOrder order, Func<UserEnrichment, IReadOnlyList<string>?> member)
    {
        IReadOnlyList<string>? first = null;
        var total = 0;
        var lists = 0;
        for (var i = 0; i < order.Count; i++)
        {
            if (member(order.Ranked(i).Enrichment) is { } list)
            {
                first ??= list;
                total += list.Count;
                lists++;
            }
        }

        if (first is null || (lists == 1 && total <= QuadraticCount && IsDistinct(first)))
        {
            return first;
        }

        var union = new List<string>(Math.Min(total, MaxCount));
        var seen = total > QuadraticCount ? new HashSet<string>(StringComparer.OrdinalIgnoreCase) : null;
        for (var i = 0; i < order.Count && union.Count < MaxCount; i++)
        {
            if (member(order.Ranked(i).Enrichment) is { } list)
            {
                Append(union, list, seen);
            }
        }

        return lists == 1 && union.Count == total ? first : union;
    }

    private static void Append(List<string> union, IReadOnlyList<string> list, HashSet<string>? seen)
    {
        for (var i = 0; i < list.Count && union.Count < MaxCount; i++)
        {
            var text = list[i];
            if (seen is null ? !Contains(union, union.Count, text) : seen.Add(text))
            {
                union.Add(text);
            }
        }
    }

    private static bool IsDistinct(IReadOnlyList<string> list)
    {
        for (var i = 1; i < list.Count; i++)
        {
            if (Contains(list, i, list[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(IReadOnlyList<string> list, int count, string text)
    {
        for (var i = 0; i < count; i++)
        {
            if (string.Equals(list[i], text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
