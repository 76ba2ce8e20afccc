namespace FastEnrich.Merging;

/// <summary>Purchases distinct by product, time, amount and currency, as first seen in the order of the plugins; newest first.</summary>
internal static class PurchaseUnion
{
    public static IReadOnlyList<PurchaseEvent>? Of(MergeOrder order)
    {
        IReadOnlyList<PurchaseEvent>? first = null;
        var total = 0;
        var lists = 0;
        for (var i = 0; i < order.Count; i++)
        {
            if (order.Ranked(i).Enrichment.BehaviorPatterns?.PurchaseHistory is { } list)
            {
                first ??= list;
                total += list.Count;
                lists++;
            }
        }

        if (first is null || (lists == 1 && total == 1))
        {
            return first;
        }

        var seen = new HashSet<(string?, long, decimal, string?)>(total);
        var union = new List<PurchaseEvent>(total);
        for (var i = 0; i < order.Count; i++)
        {
            if (order.Ranked(i).Enrichment.BehaviorPatterns?.PurchaseHistory is not { } list)
            {
                continue;
            }

            for (var j = 0; j < list.Count; j++)
            {
                var purchase = list[j];
                if (seen.Add((purchase.ProductId, purchase.Timestamp.UtcTicks, purchase.Amount, purchase.Currency)))
                {
                    union.Add(purchase);
                }
            }
        }

        return NewestFirst(union);
    }

    private static PurchaseEvent[] NewestFirst(List<PurchaseEvent> union)
    {
        // The position breaks ties: Array.Sort is not stable.
        var keys = new (long Newest, int Position)[union.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = (-union[i].Timestamp.UtcTicks, i);
        }

        Array.Sort(keys);
        var sorted = new PurchaseEvent[Math.Min(keys.Length, ListUnion.MaxCount)];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = union[keys[i].Position];
        }

        return sorted;
    }
}
