using System.Text.Json;

namespace FastEnrich.Caching;

[Collection(nameof(FastEnrich.Tests.Fakes.Alone))]
public sealed class EnrichmentInspectorTests
{
    private static readonly UserEnrichment s_good = new() { Confidence = 0.5, Ttl = TimeSpan.FromMinutes(1) };

    [Fact]
    public void Validate_GoodEnrichment_FindsNothing() => Assert.Null(EnrichmentInspector.Validate(Rich()));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    public void Validate_ConfidenceOutsideZeroToOne_NamesIt(double confidence)
    {
        Assert.Equal("confidence is not a number from 0 to 1", EnrichmentInspector.Validate(s_good with { Confidence = confidence }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Validate_ConfidenceAtTheEnds_FindsNothing(double confidence) => Assert.Null(EnrichmentInspector.Validate(s_good with { Confidence = confidence }));

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, "ttl is negative")]
    [InlineData(long.MaxValue, "ttl is beyond 292 years")]
    public void Validate_TtlOfTicks_MustBeOnTheWire(long ticks, string? reason) => Assert.Equal(reason, EnrichmentInspector.Validate(s_good with { Ttl = new TimeSpan(ticks) }));

    [Fact]
    public void Validate_NoTtl_FindsNothing() => Assert.Null(EnrichmentInspector.Validate(s_good with { Ttl = null }));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Validate_NumberThatIsNotFinite_NamesIt(double number)
    {
        Assert.Contains("influence", EnrichmentInspector.Validate(s_good with { SocialConnections = new SocialConnections { Influence = number } }), StringComparison.Ordinal);
        Assert.Contains("conversion_rate", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { ConversionRate = number } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SessionBeyond292Years_NamesIt()
    {
        Assert.Contains("session_duration", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { SessionDuration = TimeSpan.MaxValue } }), StringComparison.Ordinal);
        Assert.Contains("session_duration", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { SessionDuration = TimeSpan.MinValue } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_NullInAList_NamesTheList()
    {
        string[] holed = ["a", null!];

        Assert.Equal("interests holds a null", EnrichmentInspector.Validate(s_good with { Interests = holed }));
        Assert.Contains("platforms", EnrichmentInspector.Validate(s_good with { SocialConnections = new SocialConnections { Platforms = holed } }), StringComparison.Ordinal);
        Assert.Contains("communities", EnrichmentInspector.Validate(s_good with { SocialConnections = new SocialConnections { Communities = holed } }), StringComparison.Ordinal);
        Assert.Contains("preferred_channels", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { PreferredChannels = holed } }), StringComparison.Ordinal);
        Assert.Contains("activity_times", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { ActivityTimes = holed } }), StringComparison.Ordinal);
        Assert.Contains("search_patterns", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { SearchPatterns = holed } }), StringComparison.Ordinal);
        Assert.Contains("purchase_history", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { PurchaseHistory = [null!] } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_UndefinedElement_NamesTheMap()
    {
        var map = new Dictionary<string, JsonElement> { ["secret"] = default };

        Assert.Equal("contextual_data holds an undefined value", EnrichmentInspector.Validate(s_good with { ContextualData = map }));
        Assert.Contains("interactions", EnrichmentInspector.Validate(s_good with { SocialConnections = new SocialConnections { Interactions = map } }), StringComparison.Ordinal);
        Assert.Contains("engagement_metrics", EnrichmentInspector.Validate(s_good with { BehaviorPatterns = new BehaviorPatterns { EngagementMetrics = map } }), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ElementOfADisposedDocument_SaysWhatToDo()
    {
        var document = JsonDocument.Parse("""{"a":1}""");
        var map = new Dictionary<string, JsonElement> { ["a"] = document.RootElement.GetProperty("a") };
        document.Dispose();

        Assert.Contains("clone", EnrichmentInspector.Validate(s_good with { ContextualData = map }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"\\ud800\"", false)]
    [InlineData("\"\\udc00\\ud800\"", false)]
    [InlineData("{\"a\\ud83d\":1}", false)]
    [InlineData("\"\\ud83d\\n\"", false)]
    [InlineData("\"\\ud83d\\u0041\"", false)]
    [InlineData("\"\\ud83d\\ude00\"", true)]
    [InlineData("\"\\\\ud800\"", true)]
    [InlineData("\"\\u00e9\\\"\\n\"", true)]
    public void Validate_EscapedTextInAMap_MustBeWellFormed(string json, bool good)
    {
        var enrichment = s_good with { ContextualData = new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse(json) } };

        Assert.Equal(good, EnrichmentInspector.Validate(enrichment) is null);
        Assert.Equal(good, Record.Exception(() => EnrichmentJson.Encode(enrichment)) is null);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Validate_NestedMap_MustBeReadableAgain(int depth, bool good)
    {
        // The brackets inside the text and those of the siblings do not count.
        var json = "[[],[],\"[[[\\\"[[[" + new string('[', 80) + "\"," + new string('[', depth - 1) + new string(']', depth - 1) + "]";
        var enrichment = s_good with { BehaviorPatterns = new BehaviorPatterns { EngagementMetrics = new Dictionary<string, JsonElement> { ["a"] = Parse(json) } } };

        Assert.Equal(good, EnrichmentInspector.Validate(enrichment) is null);
        if (good)
        {
            EnrichmentJson.Decode(EnrichmentJson.Encode(enrichment));
        }
    }

    [Fact]
    public void Validate_BadEnrichment_QuotesNothingOfIt()
    {
        var reason = EnrichmentInspector.Validate(s_good with { Source = "secret", ContextualData = new Dictionary<string, JsonElement> { ["secret"] = JsonElement.Parse("\"secret\\ud800\"") } });

        Assert.NotNull(reason);
        Assert.DoesNotContain("secret", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_RichEnrichment_AllocatesNothing()
    {
        var enrichment = Rich();
        EnrichmentInspector.Inspect(enrichment, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        EnrichmentInspector.Inspect(enrichment, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void EstimateBytes_LongerText_CountsTwoBytesACharacter()
    {
        var shorter = EnrichmentInspector.EstimateBytes(s_good with { Interests = [new string('a', 1000)] });
        var longer = EnrichmentInspector.EstimateBytes(s_good with { Interests = [new string('a', 2000)] });

        Assert.Equal(2000, longer - shorter);
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 200 }).RootElement;

    internal static UserEnrichment Rich() => s_good with
    {
        Demographics = new Demographics { Age = 41, Gender = "female", City = "Berlin", Occupation = "engineer" },
        Interests = ["cycling", "cooking", "travel"],
        SocialConnections = new SocialConnections { Platforms = ["x"], Connections = 12, Influence = 0.3, Communities = ["dotnet"], Interactions = Map() },
        BehaviorPatterns = new BehaviorPatterns
        {
            PageViews = 3,
            PurchaseHistory = [new PurchaseEvent { ProductId = "sku-1", Amount = 12.5m, Currency = "EUR" }],
            EngagementMetrics = Map(),
        },
        ContextualData = Map(),
        Source = "hubspot",
    };

    private static Dictionary<string, JsonElement> Map() => new()
    {
        ["lead_score"] = JsonElement.Parse("87"),
        ["lifecycle_stage"] = JsonElement.Parse("\"customer\""),
        ["interactions"] = JsonElement.Parse("""[{"kind":"call","minutes":12},{"kind":"mail","subject":"a \"quote\""}]"""),
    };
}
