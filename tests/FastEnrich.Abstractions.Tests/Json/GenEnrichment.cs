using System.Text.Json;
using CsCheck;

namespace FastEnrich.Json;

/// <summary>Any enrichment that a plugin may return.</summary>
internal static class GenEnrichment
{
    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String.AlphaNumeric, Pick("", "é", "😀", "\0\n\"\\", "<&'>", "日本語"));
    private static readonly Gen<string?> s_maybeText = s_text.Select(text => text.Length == 0 ? null : text);
    private static readonly Gen<IReadOnlyList<string>?> s_list = s_text.List[0, 4].Select(IReadOnlyList<string>? (list) => list);
    private static readonly Gen<DateTimeOffset> s_time = Gen.Long[0, DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay].Select(Gen.Int[-14 * 60, 14 * 60], (ticks, offset) =>
        new DateTimeOffset(Math.Max(ticks, TimeSpan.TicksPerDay), TimeSpan.FromMinutes(offset)));

    private static readonly Gen<string> s_json = Gen.OneOf(
        Pick("null", "true", "1.10", "1e400", "\"x\"", "[]", "{}", "[1,[2,{\"a\":\"\\u00E9\"}]]"),
        Gen.Int.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static readonly Gen<IReadOnlyDictionary<string, JsonElement>?> s_map =
        Gen.Dictionary(s_text, s_json.Select(json => JsonElement.Parse(json)))[0, 4].Select(IReadOnlyDictionary<string, JsonElement>? (map) => map);

    private static readonly Gen<Demographics> s_demographics = Gen.Select(Gen.Int[-1, 120], s_maybeText, s_maybeText, s_maybeText, (age, gender, city, status) =>
        new Demographics { Age = age < 0 ? null : age, Gender = gender, City = city, MaritalStatus = status });

    private static readonly Gen<SocialConnections> s_social = Gen.Select(s_list, Gen.Long[0, 3], Gen.Double[0, 1], s_list, s_map, (platforms, connections, influence, communities, interactions) =>
        new SocialConnections { Platforms = platforms, Connections = connections, Influence = influence, Communities = communities, Interactions = interactions });

    private static readonly Gen<PurchaseEvent> s_purchase = Gen.Select(s_maybeText, Gen.Decimal, s_time, s_maybeText, (product, amount, time, currency) =>
        new PurchaseEvent { ProductId = product, Amount = amount, Timestamp = time, Currency = currency });

    private static readonly Gen<BehaviorPatterns> s_behavior = Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 3], Gen.Double[0, 1], s_list, s_purchase.List[0, 4], s_map, (session, views, rate, channels, purchases, metrics) =>
        new BehaviorPatterns { SessionDuration = new TimeSpan(session), PageViews = views, ConversionRate = rate, PreferredChannels = channels, PurchaseHistory = purchases, EngagementMetrics = metrics });

    public static Gen<UserEnrichment> Any { get; } = Gen.Select(
        Gen.Select(s_demographics, s_list, s_social, s_behavior, s_map),
        Gen.Select(Gen.Double[0, 1], s_text, s_time, Gen.Long[0, TimeSpan.TicksPerDay * 30]),
        (parts, facts) => new UserEnrichment
        {
            Demographics = parts.Item1,
            Interests = parts.Item2,
            SocialConnections = parts.Item3,
            BehaviorPatterns = parts.Item4,
            ContextualData = parts.Item5,
            Confidence = facts.Item1,
            Source = facts.Item2,
            Timestamp = facts.Item3,
            Ttl = new TimeSpan(facts.Item4),
        });

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
