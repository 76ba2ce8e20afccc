using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Golden;

namespace FastEnrich.Json;

public sealed class EnrichmentJsonTests
{
    [Theory]
    [InlineData("1.10")]
    [InlineData("1e400")]
    [InlineData("-0.0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.10000000000000000000000000001")]
    [InlineData("""{"b":[1.0,{"c":null}],"a":2E+3}""")]
    public void Encode_OpenMapValue_KeepsItsText(string json)
    {
        var enrichment = new UserEnrichment
        {
            ContextualData = Contract.Map(("value", json)),
            SocialConnections = new SocialConnections { Interactions = Contract.Map(("value", json)) },
            BehaviorPatterns = new BehaviorPatterns { EngagementMetrics = Contract.Map(("value", json)) },
        };

        var again = EnrichmentJson.Decode(EnrichmentJson.Encode(EnrichmentJson.Decode(EnrichmentJson.Encode(enrichment))));

        Assert.Equal(json, again.ContextualData!["value"].GetRawText());
        Assert.Equal(json, again.SocialConnections!.Interactions!["value"].GetRawText());
        Assert.Equal(json, again.BehaviorPatterns!.EngagementMetrics!["value"].GetRawText());
    }

    [Fact]
    public void Encode_OpenMapValueOverSeveralLines_WritesOneLine()
    {
        var bytes = EnrichmentJson.Encode(new UserEnrichment { ContextualData = Contract.Map(("a", "[\n1,\r\n \"x\\ny\"]")) });

        Assert.Contains("""{"a":[1,"x\ny"]}""", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_RepeatedNameInOpenMap_TakesTheLast()
    {
        var enrichment = EnrichmentJson.Decode("""{"contextual_data":{"a":1,"a":2}}"""u8.ToArray());

        Assert.Equal("2", Assert.Single(enrichment.ContextualData!).Value.GetRawText());
    }

    [Theory]
    [InlineData("150", 1)]
    [InlineData("-150", -1)]
    [InlineData("99", 0)]
    [InlineData("9223372036854775807", 92233720368547758)]
    public void Decode_Ttl_TruncatesToHundredNanoseconds(string ttl, long ticks)
    {
        var enrichment = EnrichmentJson.Decode(Encoding.UTF8.GetBytes($$"""{"ttl":{{ttl}}}"""));

        Assert.Equal(ticks, enrichment.Ttl!.Value.Ticks);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("9223372036854775808")]
    [InlineData("\"30s\"")]
    public void Decode_TtlIsNoInt64_Throws(string ttl)
    {
        Assert.Throws<JsonException>(() => EnrichmentJson.Decode(Encoding.UTF8.GetBytes($$"""{"ttl":{{ttl}}}""")));
        Assert.Throws<JsonException>(() => EnrichmentJson.Decode(Encoding.UTF8.GetBytes($$$"""{"behavior_patterns":{"session_duration":{{{ttl}}}}}""")));
    }

    [Fact]
    public void Encode_DurationBeyondInt64Nanoseconds_ThrowsInsteadOfWrapping()
    {
        var session = new UserEnrichment { BehaviorPatterns = new BehaviorPatterns { SessionDuration = TimeSpan.MaxValue } };
        var ttl = new UserEnrichment { Ttl = TimeSpan.FromTicks(92233720368547759) };

        Assert.Contains("292 years", Assert.Throws<OverflowException>(() => EnrichmentJson.Encode(session)).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => EnrichmentJson.Encode(ttl));
    }

    [Fact]
    public void Decode_OpenMapNestedTo64Levels_Reads()
    {
        var json = new string('[', 64) + new string(']', 64);

        var enrichment = EnrichmentJson.Decode(EnrichmentJson.Encode(new UserEnrichment { BehaviorPatterns = new BehaviorPatterns { EngagementMetrics = Contract.Map(("deep", json)) } }));

        Assert.Equal(json, enrichment.BehaviorPatterns!.EngagementMetrics!["deep"].GetRawText());
    }

    [Fact]
    public void Decode_UnknownMembers_AreIgnored()
    {
        var enrichment = EnrichmentJson.Decode("""{"from_the_future":{"a":[1]},"confidence":0.5}"""u8.ToArray());

        Assert.Equal(0.5, enrichment.Confidence);
    }

    [Fact]
    public void Decode_Null_Throws() => Assert.Throws<JsonException>(() => EnrichmentJson.Decode("null"u8.ToArray()));

    [Fact]
    public void Encode_AnyEnrichment_SurvivesTheRoundTrip()
    {
        GenEnrichment.Any.Sample(enrichment =>
        {
            var bytes = EnrichmentJson.Encode(enrichment);
            var again = EnrichmentJson.Decode(bytes);

            Assert.Equal(bytes, EnrichmentJson.Encode(again));
            Assert.Equal(enrichment.Demographics, again.Demographics);
            Assert.Equal(enrichment.Interests, again.Interests);
            Assert.Equal(enrichment.Confidence, again.Confidence);
            Assert.Equal(enrichment.Source, again.Source);
            Assert.Equal(enrichment.Timestamp, again.Timestamp);
            Assert.Equal(enrichment.Ttl, again.Ttl);
            Assert.Equal(enrichment.SocialConnections?.Connections, again.SocialConnections?.Connections);
            Assert.Equal(enrichment.SocialConnections?.Influence, again.SocialConnections?.Influence);
            Assert.Equal(enrichment.SocialConnections?.Platforms, again.SocialConnections?.Platforms);
            Assert.Equal(enrichment.BehaviorPatterns?.SessionDuration, again.BehaviorPatterns?.SessionDuration);
            Assert.Equal(enrichment.BehaviorPatterns?.PageViews, again.BehaviorPatterns?.PageViews);
            Assert.Equal(enrichment.BehaviorPatterns?.PurchaseHistory, again.BehaviorPatterns?.PurchaseHistory);
            Assert.Equal(Texts(enrichment.ContextualData), Texts(again.ContextualData));
        });
    }

    [Fact]
    public void Encode_AnyEnrichment_WritesWhatTheSerializerWrites()
    {
        GenEnrichment.Any.Sample(enrichment =>
            Assert.Equal(JsonSerializer.Serialize(enrichment, FastEnrichJsonContext.Default.UserEnrichment), Encoding.UTF8.GetString(EnrichmentJson.Encode(enrichment))));
    }

    [Fact]
    public void Encode_GoldenEnrichment_MatchesGoldenFile()
    {
        Assert.Equal(GoldenFile.Read("user-enrichment-full"), EnrichmentJson.Encode(Contract.FullEnrichment()));
        Assert.Equal(GoldenFile.Read("user-enrichment-minimal"), EnrichmentJson.Encode(new UserEnrichment()));
    }

    [Fact]
    public void Encode_AgainAndAgain_AllocatesTheResultOnly()
    {
        var enrichment = Contract.FullEnrichment();
        EnrichmentJson.Encode(enrichment);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = EnrichmentJson.Encode(enrichment);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, bytes.Length, bytes.Length + 32);
    }

    private static IEnumerable<string>? Texts(IReadOnlyDictionary<string, JsonElement>? map) => map?.Select(member => member.Key + ":" + member.Value.GetRawText());
}
