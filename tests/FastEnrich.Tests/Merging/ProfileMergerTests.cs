using System.Text.Json;

namespace FastEnrich.Merging;

public sealed class ProfileMergerTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Merge_Nothing_IsEmptyAndHasATtl()
    {
        var merged = ProfileMerger.Merge([], s_now);

        Assert.Equal(new UserEnrichment { Source = "merged", Timestamp = s_now, Ttl = TimeSpan.Zero }, merged);
    }

    [Fact]
    public void Merge_Scalar_ComesFromTheMostConfidentPluginThatHasIt()
    {
        var merged = Merge(
            Input("a", new() { Confidence = 0.9, Demographics = new() { City = "Berlin" } }, priority: 100),
            Input("b", new() { Confidence = 0.95, Demographics = new() { City = "Bonn", Age = 0 } }),
            Input("c", new() { Confidence = 0.2, Demographics = new() { City = "Bremen", Age = 41, Gender = "female" } }, priority: 200));

        Assert.Equal(new Demographics { City = "Bonn", Age = 0, Gender = "female" }, merged.Demographics);
    }

    [Fact]
    public void Merge_EqualConfidence_PriorityThenOrdinalNameDecides()
    {
        Assert.Equal("from-z", Merge(City("a", 1), City("z", 2), City("m", 1)).Demographics!.City);
        Assert.Equal("from-B", Merge(City("a", 1), City("B", 1)).Demographics!.City);
    }

    [Fact]
    public void Merge_NumbersOfBehaviorAndInfluence_AreScalarsAndZeroIsNone()
    {
        var merged = Merge(
            Input("a", new() { Confidence = 0.9, BehaviorPatterns = new() { PageViews = 7 }, SocialConnections = new() { Connections = 1 } }),
            Input("b", new() { Confidence = 0.5, BehaviorPatterns = new() { PageViews = 100, ConversionRate = 0.25, SessionDuration = TimeSpan.FromMinutes(3) }, SocialConnections = new() { Influence = 0.7 } }));

        Assert.Equal(7, merged.BehaviorPatterns!.PageViews);
        Assert.Equal(0.25, merged.BehaviorPatterns.ConversionRate);
        Assert.Equal(TimeSpan.FromMinutes(3), merged.BehaviorPatterns.SessionDuration);
        Assert.Equal(0.7, merged.SocialConnections!.Influence);
    }

    [Fact]
    public void Merge_Lists_AreUnitedInOrderOfPriorityWithoutRegardToCase()
    {
        var merged = Merge(
            Input("a", new() { Interests = ["cycling", "Books"] }),
            Input("b", new() { Interests = ["BOOKS", "travel", "Travel"] }, priority: 5));

        Assert.Equal(["BOOKS", "travel", "cycling"], merged.Interests);
    }

    [Fact]
    public void Merge_LongLists_EndAtOneThousand()
    {
        var merged = Merge(
            Input("a", new() { Interests = [.. Enumerable.Range(0, 700).Select(i => "a" + i)] }),
            Input("b", new() { Interests = [.. Enumerable.Range(0, 700).Select(i => "b" + i)] }));

        Assert.Equal(1000, merged.Interests!.Count);
        Assert.Equal("a0", merged.Interests[0]);
        Assert.Equal("b299", merged.Interests[^1]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Merge_OneDistinctList_IsTakenAsItIs(int count)
    {
        string[] interests = [.. Enumerable.Range(0, count).Select(i => "a" + i)];

        Assert.Same(interests, Merge(Input("a", new() { Interests = interests }), Input("b", new())).Interests);
    }

    [Fact]
    public void Merge_OneListWithRepeats_LosesThem()
    {
        Assert.Equal(["x"], Merge(Input("a", new() { Interests = ["x", "X"] })).Interests);
        Assert.Equal(1000, Merge(Input("a", new() { Interests = [.. Enumerable.Range(0, 1001).Select(i => "a" + i)] })).Interests!.Count);
    }

    [Fact]
    public void Merge_Maps_FirstPluginWinsPerTopLevelKey()
    {
        var merged = Merge(
            Input("a", new() { ContextualData = Map(("score", "1"), ("only_a", "2")) }),
            Input("b", new() { ContextualData = Map(("score", "9"), ("Score", "3"), ("only_b", "{\"x\":1}")) }));

        Assert.Equal(["Score=3", "only_a=2", "only_b={\"x\":1}", "score=1"], merged.ContextualData!.Select(pair => $"{pair.Key}={pair.Value.GetRawText()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Merge_Connections_AreTheLargestPerPlatformSummedOverPlatforms()
    {
        var merged = Merge(Social("a", 100, "x"), Social("b", 80, "X"), Social("c", 300, "facebook"), Social("d", 7));

        Assert.Equal(407, merged.SocialConnections!.Connections);
    }

    [Fact]
    public void Merge_ConnectionsOverSharedPlatforms_CountOnce()
    {
        var merged = Merge(Social("a", 500, "x", "facebook"), Social("b", 100, "x"), Social("c", 450, "facebook"), Social("x", 60));

        Assert.Equal(500, merged.SocialConnections!.Connections);
    }

    [Fact]
    public void Merge_EnormousConnections_StayAtTheLargestNumber()
    {
        Assert.Equal(long.MaxValue, Merge(Social("a", long.MaxValue, "x"), Social("b", 1, "y")).SocialConnections!.Connections);
    }

    [Fact]
    public void Merge_Purchases_AreDistinctAndNewestFirst()
    {
        var old = new PurchaseEvent { ProductId = "1", Amount = 12.5m, Currency = "EUR", Timestamp = s_now.AddDays(-2), Channel = "web" };
        var recent = old with { Timestamp = s_now.AddDays(-1) };

        var merged = Merge(
            Input("a", new() { BehaviorPatterns = new() { PurchaseHistory = [old, old with { Currency = "USD" }] } }),
            Input("b", new() { BehaviorPatterns = new() { PurchaseHistory = [recent, old with { Amount = 12.50m, Channel = "shop", Timestamp = old.Timestamp.ToOffset(TimeSpan.FromHours(2)) }, old with { ProductId = "2" }] } }));

        Assert.Equal([recent, old, old with { Currency = "USD" }, old with { ProductId = "2" }], merged.BehaviorPatterns!.PurchaseHistory);
    }

    [Fact]
    public void Merge_ManyPurchases_KeepsTheNewestThousand()
    {
        var purchases = Enumerable.Range(0, 1200).Select(i => new PurchaseEvent { ProductId = "p", Timestamp = s_now.AddHours(-1200 + i) }).ToArray();

        var merged = Merge(Input("a", new() { BehaviorPatterns = new() { PurchaseHistory = purchases } })).BehaviorPatterns!.PurchaseHistory!;

        Assert.Equal(1000, merged.Count);
        Assert.Equal(purchases[^1], merged[0]);
        Assert.Equal(purchases[200], merged[^1]);
    }

    [Fact]
    public void Merge_Facts_AreMeanOldestAndSmallestRemaining()
    {
        var merged = Merge(
            new MergeInput(new() { Confidence = 0.5, Timestamp = s_now.AddMinutes(-1), Ttl = TimeSpan.FromDays(1) }, "a", 0, s_now.AddMinutes(3)),
            new MergeInput(new() { Confidence = 1, Timestamp = s_now.AddMinutes(-9), Ttl = TimeSpan.FromDays(1) }, "b", 0, s_now.AddMinutes(2)));

        Assert.Equal(0.75, merged.Confidence);
        Assert.Equal(s_now.AddMinutes(-9), merged.Timestamp);
        Assert.Equal(TimeSpan.FromMinutes(2), merged.Ttl);
        Assert.Equal("merged", merged.Source);
    }

    [Fact]
    public void Merge_StaleResult_HasNoTtlLeft()
    {
        var merged = Merge(new MergeInput(new(), "a", 0, s_now.AddMinutes(-1)), new MergeInput(new(), "b", 0, DateTimeOffset.MaxValue));

        Assert.Equal(TimeSpan.Zero, merged.Ttl);
    }

    private static UserEnrichment Merge(params MergeInput[] inputs) => ProfileMerger.Merge(inputs, s_now);

    private static MergeInput Input(string plugin, UserEnrichment enrichment, int priority = 0) => new(enrichment, plugin, priority, s_now.AddHours(1));

    private static MergeInput City(string plugin, int priority) => Input(plugin, new() { Confidence = 0.5, Demographics = new() { City = "from-" + plugin } }, priority);

    private static MergeInput Social(string plugin, long connections, params string[] platforms) =>
        Input(plugin, new() { SocialConnections = new() { Connections = connections, Platforms = platforms } });

    private static Dictionary<string, JsonElement> Map(params (string Key, string Json)[] members) => members.ToDictionary(member => member.Key, member => JsonElement.Parse(member.Json));
}
