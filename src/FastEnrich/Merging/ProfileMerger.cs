namespace FastEnrich.Merging;

/// <summary>
/// Makes one view of several plugins' results. The order in which they arrived never changes the outcome.
/// </summary>
/// <remarks>
/// Scalars come from the most confident plugin that has them, lists and maps are united in the order of priority and name,
/// connections are summed over platforms, purchases are distinct and newest first.
/// </remarks>
internal static class ProfileMerger
{
    private const int StackPlugins = 64;

    public static UserEnrichment Merge(ReadOnlySpan<MergeInput> inputs, DateTimeOffset now)
    {
        var scratch = inputs.Length <= StackPlugins ? stackalloc int[2 * inputs.Length] : new int[2 * inputs.Length];
        var order = new MergeOrder(inputs, scratch);
        return new UserEnrichment
        {
            Demographics = Demographics(order),
            Interests = ListUnion.Of(order, static enrichment => enrichment.Interests),
            SocialConnections = Social(order),
            BehaviorPatterns = Behavior(order),
            ContextualData = MapUnion.Of(order, static enrichment => enrichment.ContextualData),
            Confidence = Confidence(order),
            Source = "merged",
            Timestamp = Oldest(order) ?? now, // nothing is known, as of now
            Ttl = Remaining(order, now),
        };
    }

    private static Demographics? Demographics(MergeOrder order)
    {
        if (Only(order, static enrichment => enrichment.Demographics, out var only))
        {
            return only;
        }

        return new Demographics
        {
            Age = Age(order),
            Gender = Text(order, static demographics => demographics.Gender),
            Location = Text(order, static demographics => demographics.Location),
            Country = Text(order, static demographics => demographics.Country),
            City = Text(order, static demographics => demographics.City),
            Income = Text(order, static demographics => demographics.Income),
            Education = Text(order, static demographics => demographics.Education),
            Occupation = Text(order, static demographics => demographics.Occupation),
            MaritalStatus = Text(order, static demographics => demographics.MaritalStatus),
        };
    }

    private static SocialConnections? Social(MergeOrder order)
    {
        if (Only(order, static enrichment => enrichment.SocialConnections, out var only) && only is null)
        {
            return null;
        }

        return new SocialConnections
        {
            Platforms = ListUnion.Of(order, static enrichment => enrichment.SocialConnections?.Platforms),
            Connections = ConnectionSum.Of(order),
            Influence = Number(order, static enrichment => enrichment.SocialConnections?.Influence ?? 0),
            Communities = ListUnion.Of(order, static enrichment => enrichment.SocialConnections?.Communities),
            Interactions = MapUnion.Of(order, static enrichment => enrichment.SocialConnections?.Interactions),
        };
    }

    private static BehaviorPatterns? Behavior(MergeOrder order)
    {
        if (Only(order, static enrichment => enrichment.BehaviorPatterns, out var only) && only is null)
        {
            return null;
        }

        return new BehaviorPatterns
        {
            SessionDuration = Number(order, static enrichment => enrichment.BehaviorPatterns?.SessionDuration ?? TimeSpan.Zero),
            PageViews = Number(order, static enrichment => enrichment.BehaviorPatterns?.PageViews ?? 0),
            ConversionRate = Number(order, static enrichment => enrichment.BehaviorPatterns?.ConversionRate ?? 0),
            PreferredChannels = ListUnion.Of(order, static enrichment => enrichment.BehaviorPatterns?.PreferredChannels),
            ActivityTimes = ListUnion.Of(order, static enrichment => enrichment.BehaviorPatterns?.ActivityTimes),
            PurchaseHistory = PurchaseUnion.Of(order),
            SearchPatterns = ListUnion.Of(order, static enrichment => enrichment.BehaviorPatterns?.SearchPatterns),
            EngagementMetrics = MapUnion.Of(order, static enrichment => enrichment.BehaviorPatterns?.EngagementMetrics),
        };
    }

    /// <summary>Whether at most one result has the part; then it is <paramref name="only"/>.</summary>
    private static bool Only<T>(MergeOrder order, Func<UserEnrichment, T?> part, out T? only)
        where T : class
    {
        only = null;
        for (var i = 0; i < order.Count; i++)
        {
            if (part(order.Ranked(i).Enrichment) is not { } value)
            {
                continue;
            }

            if (only is not null)
            {
                return false;
            }

            only = value;
        }

        return true;
    }

    private static int? Age(MergeOrder order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order.Trusted(i).Enrichment.Demographics?.Age is { } age)
            {
                return age;
            }
        }

        return null;
    }

    private static string? Text(MergeOrder order, Func<Demographics, string?> member)
    {
        for (var i = 0; i < order.Count; i++)
        {
            if (order.Trusted(i).Enrichment.Demographics is { } demographics && member(demographics) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Zero is what the wire omits: no value.</summary>
    private static T Number<T>(MergeOrder order, Func<UserEnrichment, T> member)
        where T : struct, IEquatable<T>
    {
        for (var i = 0; i < order.Count; i++)
        {
            var number = member(order.Trusted(i).Enrichment);
            if (!number.Equals(default))
            {
                return number;
            }
        }

        return default;
    }

    private static double Confidence(MergeOrder order)
    {
        var sum = 0.0;
        for (var i = 0; i < order.Count; i++)
        {
            sum += order.Ranked(i).Enrichment.Confidence; // in rank order: a sum of doubles depends on its order
        }

        return order.Count == 0 ? 0 : Math.Min(1, sum / order.Count);
    }

    private static DateTimeOffset? Oldest(MergeOrder order)
    {
        DateTimeOffset? oldest = null;
        for (var i = 0; i < order.Count; i++)
        {
            var timestamp = order.Ranked(i).Enrichment.Timestamp;
            if (oldest is null || timestamp < oldest)
            {
                oldest = timestamp;
            }
        }

        return oldest;
    }

    private static TimeSpan Remaining(MergeOrder order, DateTimeOffset now)
    {
        if (order.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var remaining = TimeSpan.MaxValue;
        for (var i = 0; i < order.Count; i++)
        {
            var left = order.Ranked(i).FreshUntil - now;
            remaining = left < remaining ? left : remaining;
        }

        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
