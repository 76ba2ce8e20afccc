using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Whatever stands in the values, the user comes through and the enrichment is one that the engine takes.</summary>
public sealed class FacebookMappingFuzzTests
{
    private static readonly string[] s_names =
    [
        "birthday", "age_range", "gender", "relationship_status", "link", "installed", "languages", "location", "hometown", "education", "sports", "favorite_teams", "inspirational_people",
        "likes", "friends", "posts", "work", "website", "name", "data", "summary", "total_count", "min", "city", "country", "type", "year", "school", "created_time", "shares", "count",
        "reactions", "comments", "employer", "position", "category", "paging", "next", "cursors", "after", "\\ud800",
    ];

    private static readonly Gen<string> s_scalar = Gen.OneOf(
        Gen.String.Select(text => $"\"{JsonEncodedText.Encode(new string([.. text.Where(c => !char.IsSurrogate(c))]))}\""),
        Pick("null", "true", "12", "-1e400", "1e308", "-3", "99999999999999999999", "\"\"", "\" \"", "{}", "[]", "\"\\ud800\"", "\"06/15/1990\"", "\"1990\"", "\"02/30/1990\"", "\"0000\"", "\"Dallas, Texas\"", "\",\"", "\"2026-02-30T00:00:00+0000\"", "\"9999-12-31T23:59:59-1400\"", "\"0001-01-01T00:00:00+1400\"", "\"https://g.test/?after=%ZZ&until=1\""),
        Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.DateTimeOffset.Select(time => $"\"{time:yyyy-MM-dd'T'HH:mm:ss}+0000\""));

    private static readonly Gen<string> s_leaf = Node(s_scalar);
    private static readonly Gen<string> s_edge = Gen.Select(Gen.OneOf(s_leaf, s_scalar).Array[0, 4], s_leaf).Select(parts => $$$"""{"data":[{{{string.Join(',', parts.Item1)}}}],"summary":{{{parts.Item2}}},"paging":{"next":"https://g.test/?after=1"}}""");
    private static readonly Gen<string> s_value = Gen.OneOf(s_scalar, s_leaf, s_edge, s_leaf.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"), Node(Gen.OneOf(s_scalar, s_leaf, s_edge)));

    [Fact]
    public async Task Map_AnyValues_NeverFailsAndIsValid() =>
        await Gen.Select(Pick(s_names), s_value).Array[0, 20].SampleAsync(
            async fields => Check(await FacebookMappingTests.MapAsync(string.Join(',', fields.Select(field => $"\"{field.Item1}\":{field.Item2}")))),
            iter: 3000);

    [Fact]
    public async Task EnrichAsync_AnyBody_FailsOnlyAsAPluginException()
    {
        var pieces = Pick("{", "}", "[", "]", "\"id\":\"1\"", "\"error\":", "\"code\":190", "\"error_subcode\":463", "\"code\":200", "\"body\":\"{\\\"id\\\":\\\"1\\\"}\"", "\"headers\":[{\"name\":\"ETag\",\"value\":\"\\udfff\"}]", "null", ",", "1", "\"message\":\"\\ud800\"", "\"type\":\"\\ud800\"", "\"message\":\"(#4\"", "{\"\\ud800\":1}", "\uFEFF");
        await Gen.Select(pieces.Array[0, 12], Pick(200, 304, 400, 401, 404, 429, 500)).SampleAsync(
            async sample =>
            {
                foreach (var requests in new EnrichmentRequest[][] { [new("1")], [new("1"), new("2")] })
                {
                    try
                    {
                        var plugin = FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(string.Concat(sample.Item1), sample.Item2)));
                        var results = new BatchResults(requests.Length);
                        await plugin.EnrichBatchAsync(requests, results, default);
                        Assert.All(Enumerable.Range(0, requests.Length), i => Assert.True(results.GetFailure(i) is not null || results.GetResult(i).Kind != EnrichmentResultKind.None));
                    }
                    catch (PluginException)
                    {
                    }
                }
            },
            iter: 3000);
    }

    private static Gen<string> Node(Gen<string> value) => Gen.Select(Pick(s_names), value).Array[0, 6].Select(fields => $"{{{string.Join(',', fields.Select(field => $"\"{field.Item1}\":{field.Item2}"))}}}");

    private static void Check(UserEnrichment enrichment)
    {
        Assert.InRange(enrichment.Confidence, 0, 1);
        Assert.InRange(enrichment.Demographics?.Age ?? 0, 0, 130);
        Assert.InRange(enrichment.SocialConnections!.Connections, 0, long.MaxValue);
        Assert.True(double.IsFinite(enrichment.SocialConnections.Influence));
        Assert.InRange(enrichment.Interests?.Count ?? 0, 0, 100);
        Assert.All(enrichment.BehaviorPatterns?.ActivityTimes ?? [], time => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).Offset));
        var json = JsonSerializer.SerializeToUtf8Bytes(enrichment, FastEnrichJsonContext.Default.UserEnrichment);
        Assert.DoesNotContain('\uFFFD', new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json).Replace("\\uFFFD", "", StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(JsonSerializer.Deserialize(json, FastEnrichJsonContext.Default.UserEnrichment));
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
