using System.Text;
using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Crm.HubSpot;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

/// <summary>Whatever stands in the values, the user comes through and the enrichment is one that the engine takes.</summary>
public sealed class HubSpotMappingFuzzTests
{
    private static readonly IReadOnlyList<string> s_names =
        new HubSpotPropertyNames(new HubSpotOptions { ApiKey = "token", InterestsProperty = "topics" }, new HubSpotLookup("id")).Contact;

    private static readonly string[] s_dealNames = ["amount", "closedate", "dealstage", "pipeline", "dealtype", "deal_currency_code", "hs_analytics_source", "hs_is_closed_won"];

    private static readonly Gen<string> s_json = Gen.OneOf(
        Gen.String.Select(text => JsonEncodedText.Encode(WellFormed(text))).Select(text => $"\"{text}\""),
        Pick("null", "true", "12", "-1e400", "\"\"", "\" \"", "{}", "[1]", "\"\\ud800\"", "\"NaN\"", "\"Infinity\"", "\"-1\"", "\"1e308\"", "\"99999999999999999999\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59.999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"253402300799999\"", "\"-62135596800000\"", "\"2026-02-30\"", "\"closedwon\"", "\"eu\"", "\"€€€\"", "\";;;\""),
        Gen.Long.Select(number => $"\"{number}\""),
        Gen.Double.Select(number => $"\"{number:R}\""),
        Gen.Decimal.Select(number => $"\"{number}\""),
        Gen.DateTimeOffset.Select(time => $"\"{time:O}\""),
        Gen.Date.Select(date => $"\"{date:yyyy-MM-dd}\""));

    [Fact]
    public async Task Map_AnyValues_NeverFailsAndIsValid()
    {
        await Properties(s_names).SampleAsync(async properties => Check(await HubSpotMappingTests.MapAsync(properties)), iter: 2000);
    }

    [Fact]
    public async Task Map_AnyDeals_NeverFailsAndIsValid()
    {
        await Properties(s_dealNames).Array[0, 5].SampleAsync(
            async deals =>
            {
                var upstream = new StubHandler(request => StubHandler.Json(
                    StubHandler.AsksForLineItems(request) ? StubHandler.Nothing
                    : request.RequestUri!.AbsolutePath.Contains("associations", StringComparison.Ordinal) ? $$"""{"results":[{"from":{"id":"1"},"to":[{{string.Join(',', deals.Select((_, i) => $$"""{"toObjectId":{{i}}}"""))}}]}]}"""
                    : request.RequestUri.AbsolutePath.Contains("deals", StringComparison.Ordinal) ? $$"""{"results":[{{string.Join(',', deals.Select((deal, i) => $$"""{"id":"{{i}}","properties":{{deal}}}"""))}}]}"""
                    : """{"id":"1","properties":{}}"""));
                Check((await HubSpotFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default)).Enrichment!);
            },
            iter: 1000);
    }

    [Fact]
    public async Task EnrichAsync_AnyBody_FailsOnlyAsAPluginException()
    {
        var pieces = Pick("{", "}", "[", "]", "\"id\":\"1\"", "\"properties\":", "\"results\":", "\"errors\":", "null", ",", "1", "\"context\":", "{\"\\ud800\":1}", "\"from\":", "\"to\":", "\"category\":\"X\"", "\"\\udfff\"");
        await Gen.Select(pieces.Array[0, 12], Pick(200, 207, 400, 404, 429, 500)).SampleAsync(
            async sample =>
            {
                var plugin = HubSpotFixture.Plugin(new StubHandler(_ => StubHandler.Json(string.Concat(sample.Item1), sample.Item2)));
                try
                {
                    await plugin.EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default);
                    await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
                }
                catch (PluginException)
                {
                }
            },
            iter: 5000);
    }

    private static Gen<string> Properties(IReadOnlyList<string> names) =>
        Gen.Select(Pick([.. names]), s_json).Array[0, 30].Select(pairs => $"{{{string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}"))}}}");

    private static void Check(UserEnrichment enrichment)
    {
        Assert.InRange(enrichment.Confidence, 0, 1);
        Assert.Contains(enrichment.Ttl, (TimeSpan?[])[TimeSpan.FromHours(1), TimeSpan.FromHours(24)]);
        Assert.InRange(enrichment.Demographics?.Age ?? 0, 0, 130);
        var behavior = enrichment.BehaviorPatterns ?? new BehaviorPatterns();
        Assert.InRange(behavior.ConversionRate, 0, 1);
        Assert.InRange(behavior.PageViews, 0, long.MaxValue);
        Assert.InRange(enrichment.SocialConnections?.Connections ?? 0, 0, long.MaxValue);
        Assert.True(double.IsFinite(enrichment.SocialConnections?.Influence ?? 0));
        Assert.All(behavior.ActivityTimes ?? [], time => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).Offset));
        Assert.All(behavior.PurchaseHistory ?? [], purchase =>
        {
            Assert.Equal(TimeSpan.Zero, purchase.Timestamp.Offset);
            Assert.True(purchase.Currency is null || (purchase.Currency.Length == 3 && purchase.Currency.All(char.IsAsciiLetterUpper)));
        });

        var json = JsonSerializer.SerializeToUtf8Bytes(enrichment with { Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment);
        Assert.DoesNotContain('\uFFFD', new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json).Replace("\\uFFFD", "", StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(JsonSerializer.Deserialize(json, FastEnrichJsonContext.Default.UserEnrichment));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string WellFormed(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);
}
