using System.Text;
using System.Text.Json;
using CsCheck;

namespace FastEnrich.Merging;

/// <summary>Whichever upstream answers first, the profile is the same, to the byte.</summary>
public sealed class MergeOrderTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> s_word = Gen.Int[0, 5].Select(Gen.Bool, (i, upper) => upper ? ((char)('A' + i)).ToString() : ((char)('a' + i)).ToString());
    private static readonly Gen<IReadOnlyList<string>> s_words = s_word.List[0, 20].Select(IReadOnlyList<string> (list) => list);
    private static readonly Gen<IReadOnlyDictionary<string, JsonElement>> s_map =
        Gen.Dictionary(s_word, Gen.Int[0, 9].Select(i => JsonElement.Parse(i.ToString(System.Globalization.CultureInfo.InvariantCulture))))[0, 4].Select(IReadOnlyDictionary<string, JsonElement> (map) => map);

    private static readonly Gen<double> s_confidence = Gen.Int[0, 4].Select(i => i / 4.1);
    private static readonly Gen<DateTimeOffset> s_time = Gen.Select(Gen.Int[0, 3], Gen.Int[-2, 2], (hours, offset) => s_now.AddHours(-hours).ToOffset(TimeSpan.FromHours(offset)));

    private static readonly Gen<PurchaseEvent> s_purchase = Gen.Select(s_word, Gen.Int[1, 2], s_time, s_word, (product, amount, time, channel) =>
        new PurchaseEvent { ProductId = product, Amount = amount, Timestamp = time, Currency = "EUR", Channel = channel });

    private static readonly Gen<UserEnrichment> s_enrichment = Gen.Select(
        Gen.Select(s_word, Gen.Int[-1, 3], s_words, s_map, s_confidence, s_time),
        Gen.Select(s_words, Gen.Long[0, 9], Gen.Int[0, 2], s_purchase.List[0, 5], s_map),
        (who, what) => new UserEnrichment
        {
            Demographics = new Demographics { City = who.Item1, Age = who.Item2 < 0 ? null : who.Item2 },
            Interests = who.Item3,
            ContextualData = who.Item4,
            Confidence = who.Item5,
            Timestamp = who.Item6,
            SocialConnections = new SocialConnections { Platforms = what.Item1.Take(3).ToList(), Connections = what.Item2, Influence = what.Item3 },
            BehaviorPatterns = new BehaviorPatterns { PageViews = what.Item3, PurchaseHistory = what.Item4, EngagementMetrics = what.Item5 },
        });

    private static readonly Gen<MergeInput[]> s_inputs = Gen.Select(s_enrichment, Gen.Int[0, 2], Gen.Int[-60, 60]).Array[0, 7].Select(all =>
        all.Select((one, i) => new MergeInput(one.Item1, "plugin-" + i, one.Item2, s_now.AddMinutes(one.Item3))).ToArray());

    [Fact]
    public void Merge_AnyOrderOfArrival_YieldsTheSameBytes()
    {
        Gen.Select(s_inputs, Gen.Int[0, int.MaxValue]).Sample((inputs, seed) =>
        {
            var expected = Json(inputs);
            var shuffled = inputs.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(expected, Json(shuffled));
            Array.Reverse(shuffled);
            Assert.Equal(expected, Json(shuffled));
        });
    }

    [Fact]
    public void Merge_AnyResults_IsAValidEnrichment()
    {
        s_inputs.Sample(inputs => Assert.Null(Caching.EnrichmentInspector.Validate(ProfileMerger.Merge(inputs, s_now))));
    }

    [Fact]
    public void Merge_MoreThanSixtyFourPlugins_StillMerges()
    {
        var inputs = Enumerable.Range(0, 100).Select(i => new MergeInput(new() { Interests = ["i" + i] }, $"p{i:000}", 0, s_now)).ToArray();

        Assert.Equal(inputs.Select(input => input.Enrichment.Interests![0]), ProfileMerger.Merge(inputs, s_now).Interests);
    }

    // Open maps are sets of pairs: their order on the wire is not part of the outcome, but it must not follow the arrival either.
    private static string Json(MergeInput[] inputs) => Encoding.UTF8.GetString(EnrichmentJson.Encode(ProfileMerger.Merge(inputs, s_now)));
}
