using System.Runtime.InteropServices;
using System.Text.Json;

namespace FastEnrich.Caching;

/// <summary>
/// Checks what a plugin returned and estimates its size, in one walk that allocates nothing (but an enumerator for a map that is no <see cref="Dictionary{TKey, TValue}"/>).
/// </summary>
/// <remarks>
/// The size is that of the decoded graph on a 64-bit runtime: each object with its header and fields, texts at two bytes a character, lists at their count,
/// open maps as a dictionary plus twice their JSON text (the text itself, and the document's index over it). It is an estimate, usually within a fifth.
/// </remarks>
internal static class EnrichmentInspector
{
    private const int EnrichmentBytes = 104;
    private const int DemographicsBytes = 88;
    private const int SocialConnectionsBytes = 56;
    private const int BehaviorPatternsBytes = 80;
    private const int PurchaseEventBytes = 80;
    private const int StringBytes = 22;
    private const int ListBytes = 32 + 24;
    private const int ReferenceBytes = 8;
    private const int MapBytes = 80 + 24 + 24 + 240; // the dictionary, its two arrays, the document and its two arrays
    private const int MapEntryBytes = 4 + 32;

    /// <summary>Says why an enrichment cannot be taken.</summary>
    /// <returns>The reason, which names the member and quotes nothing of it; <see langword="null"/> for a good one.</returns>
    public static string? Validate(UserEnrichment enrichment) => Inspect(enrichment, out _);

    /// <summary>Estimates the decoded size of a valid enrichment.</summary>
    public static int EstimateBytes(UserEnrichment enrichment)
    {
        Inspect(enrichment, out var bytes);
        return bytes;
    }

    /// <summary>Does both; <paramref name="bytes"/> means nothing when there is a reason.</summary>
    public static string? Inspect(UserEnrichment enrichment, out int bytes)
    {
        long size = EnrichmentBytes + Text(enrichment.Source);
        var problem = Scalars(enrichment)
            ?? List(enrichment.Interests, "interests holds a null", ref size)
            ?? Map(enrichment.ContextualData, "contextual_data", ref size)
            ?? Social(enrichment.SocialConnections, ref size)
            ?? Behavior(enrichment.BehaviorPatterns, ref size);
        Demographics(enrichment.Demographics, ref size);
        bytes = (int)Math.Min(size, int.MaxValue);
        return problem;
    }

    private static string? Scalars(UserEnrichment enrichment)
    {
        if (!(enrichment.Confidence is >= 0 and <= 1))
        {
            return "confidence is not a number from 0 to 1";
        }

        return enrichment.Ttl < TimeSpan.Zero ? "ttl is negative"
            : enrichment.Ttl is { } ttl && !NanosecondsConverter.Fits(ttl) ? "ttl is beyond 292 years"
            : null;
    }

    private static string? Social(SocialConnections? social, ref long size)
    {
        if (social is null)
        {
            return null;
        }

        size += SocialConnectionsBytes;
        return (double.IsFinite(social.Influence) ? null : "social_connections.influence is not a finite number")
            ?? List(social.Platforms, "social_connections.platforms holds a null", ref size)
            ?? List(social.Communities, "social_connections.communities holds a null", ref size)
            ?? Map(social.Interactions, "social_connections.interactions", ref size);
    }

    private static string? Behavior(BehaviorPatterns? behavior, ref long size)
    {
        if (behavior is null)
        {
            return null;
        }

        size += BehaviorPatternsBytes;
        return (double.IsFinite(behavior.ConversionRate) ? null : "behavior_patterns.conversion_rate is not a finite number")
            ?? (NanosecondsConverter.Fits(behavior.SessionDuration) ? null : "behavior_patterns.session_duration is beyond 292 years")
            ?? List(behavior.PreferredChannels, "behavior_patterns.preferred_channels holds a null", ref size)
            ?? List(behavior.ActivityTimes, "behavior_patterns.activity_times holds a null", ref size)
            ?? List(behavior.SearchPatterns, "behavior_patterns.search_patterns holds a null", ref size)
            ?? Purchases(behavior.PurchaseHistory, ref size)
            ?? Map(behavior.EngagementMetrics, "behavior_patterns.engagement_metrics", ref size);
    }

    private static string? Purchases(IReadOnlyList<PurchaseEvent>? purchases, ref long size)
    {
        if (purchases is null)
        {
            return null;
        }

        var count = purchases.Count;
        size += ListBytes + ((long)count * (ReferenceBytes + PurchaseEventBytes));
        for (var i = 0; i < count; i++)
        {
            if (purchases[i] is not { } purchase)
            {
                return "behavior_patterns.purchase_history holds a null";
            }

            size += Text(purchase.ProductId) + Text(purchase.Category) + Text(purchase.Currency) + Text(purchase.Channel);
        }

        return null;
    }

    private static void Demographics(Demographics? demographics, ref long size)
    {
        if (demographics is not null)
        {
            size += DemographicsBytes + Text(demographics.Gender) + Text(demographics.Location) + Text(demographics.Country) + Text(demographics.City)
                + Text(demographics.Income) + Text(demographics.Education) + Text(demographics.Occupation) + Text(demographics.MaritalStatus);
        }
    }

    private static string? List(IReadOnlyList<string>? list, string holdsNull, ref long size)
    {
        if (list is null)
        {
            return null;
        }

        var count = list.Count;
        size += ListBytes + ((long)Math.Max(count, 4) * ReferenceBytes);
        for (var i = 0; i < count; i++)
        {
            if (list[i] is not { } text)
            {
                return holdsNull;
            }

            size += Text(text);
        }

        return null;
    }

    private static string? Map(IReadOnlyDictionary<string, JsonElement>? map, string member, ref long size)
    {
        if (map is null)
        {
            return null;
        }

        size += MapBytes + ((long)map.Count * MapEntryBytes);
        try
        {
            if (map is Dictionary<string, JsonElement> known)
            {
                foreach (var (name, element) in known)
                {
                    if (Element(name, element, ref size) is { } problem)
                    {
                        return member + problem;
                    }
                }

                return null;
            }

            foreach (var (name, element) in map)
            {
                if (Element(name, element, ref size) is { } problem)
                {
                    return member + problem;
                }
            }

            return null;
        }
        catch (ObjectDisposedException)
        {
            return member + " refers to a JsonDocument that is disposed; clone the element";
        }
    }

    private static string? Element(string name, JsonElement element, ref long size)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            return " holds an undefined value";
        }

        var raw = JsonMarshal.GetRawUtf8Value(element);
        size += Text(name) + (2L * raw.Length);
        return OpenJsonText.FindProblem(raw);
    }

    private static int Text(string? text) => text is null ? 0 : (StringBytes + (2 * text.Length) + 7) & ~7;
}
