namespace FastEnrich.Merging;

/// <summary>
/// The largest number of connections per platform, summed over platforms. A number over several platforms cannot be split, so results that share
/// a platform count as one; a result that names no platform is its plugin's own.
/// </summary>
internal static class ConnectionSum
{
    public static long Of(MergeOrder order)
    {
        Span<int> groups = order.Count <= 64 ? stackalloc int[order.Count] : new int[order.Count];
        for (var i = 0; i < order.Count; i++)
        {
            groups[i] = i;
            for (var j = 0; j < i; j++)
            {
                if (Connections(order.Ranked(i)) > 0 && Connections(order.Ranked(j)) > 0 && Share(order.Ranked(i), order.Ranked(j)))
                {
                    Join(groups[..(i + 1)], groups[i], groups[j]);
                }
            }
        }

        long sum = 0;
        for (var group = 0; group < order.Count; group++)
        {
            long largest = 0;
            for (var i = 0; i < order.Count; i++)
            {
                largest = groups[i] == group ? Math.Max(largest, Connections(order.Ranked(i))) : largest;
            }

            sum = largest > long.MaxValue - sum ? long.MaxValue : sum + largest;
        }

        return sum;
    }

    private static long Connections(in MergeInput input) => input.Enrichment.SocialConnections?.Connections ?? 0;

    private static void Join(Span<int> groups, int from, int to)
    {
        foreach (ref var group in groups)
        {
            group = group == from ? to : group;
        }
    }

    private static bool Share(in MergeInput left, in MergeInput right)
    {
        var count = Platforms(left)?.Count ?? 1;
        for (var i = 0; i < count; i++)
        {
            var platform = Platforms(left) is { } named ? named[i] : left.Plugin;
            if (Has(right, platform))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(in MergeInput input, string platform)
    {
        if (Platforms(input) is not { } named)
        {
            return string.Equals(input.Plugin, platform, StringComparison.OrdinalIgnoreCase);
        }

        for (var i = 0; i < named.Count; i++)
        {
            if (string.Equals(named[i], platform, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string>? Platforms(in MergeInput input) => input.Enrichment.SocialConnections?.Platforms;
}
