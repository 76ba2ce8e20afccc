using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Social.X;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Whatever stands in the values, the user comes through and the enrichment is one that the engine takes.</summary>
public sealed class XMappingFuzzTests
{
    private static readonly XOptions s_all = XFixture.Options with { Capabilities = XFixture.EveryCapability };

    private static readonly Gen<string> s_value = Gen.OneOf(
        Gen.String.Select(text => $"\"{JsonEncodedText.Encode(WellFormed(text))}\""),
        Pick("null", "true", "12", "-1", "1e400", "0.7", "99999999999999999999", "\"\"", "\" \"", "{}", "[]", "[1,null,{}]", "\"\\ud800\"", "\"NaN\"", "\"9999-12-31T23:59:59.999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-02-30\"", "\"Berlin, Germany\"", "\",\"", "\"q\"", "\"en\"", "\"NL\"", "\"city\""),
        Gen.Long.Select(number => $"{number}"),
        Gen.DateTimeOffset.Select(time => $"\"{time:O}\""));

    private static readonly Gen<string> s_metrics = Objects(s_value, "followers_count", "following_count", "tweet_count", "post_count", "listed_count", "like_count", "retweet_count", "repost_count", "impression_count", "reply_count");

    private static readonly Gen<string> s_user = Objects(Gen.OneOf(s_value, s_metrics), "username", "created_at", "location", "protected", "verified", "verified_type", "subscription_type", "profile_image_url", "public_metrics");

    private static readonly Gen<string> s_named = Objects(s_value, "id", "name", "tag", "type", "probability", "normalized_text", "place_id", "username");

    private static readonly Gen<string> s_annotation = Objects(Gen.OneOf(s_value, s_named), "domain", "entity");

    private static readonly Gen<string> s_post = Objects(
        Gen.OneOf(s_value, s_metrics, s_named, List(s_named), List(s_annotation), Objects(List(s_named), "hashtags", "mentions", "annotations")),
        "id", "created_at", "lang", "public_metrics", "context_annotations", "entities", "geo", "referenced_tweets", "referenced_posts");

    private static readonly Gen<string> s_place = Objects(s_value, "id", "name", "full_name", "country_code", "place_type");

    [Fact]
    public async Task Map_AnyUser_NeverFailsAndIsValid() =>
        await s_user.SampleAsync(async user => Check(await EnrichAsync($$"""{"data":[{"id":"1",{{user[1..]}}]}""", "{}")), iter: 2000);

    [Fact]
    public async Task Map_AnyPosts_NeverFailsAndIsValid() =>
        await Gen.Select(s_post.Array[0, 6], s_place.Array[0, 2]).SampleAsync(
            async sample => Check(await EnrichAsync("""{"data":[{"id":"1"}]}""", $$$"""{"data":[{{{string.Join(',', sample.Item1)}}}],"includes":{"places":[{{{string.Join(',', sample.Item2)}}}]}}""")),
            iter: 3000);

    [Fact]
    public async Task EnrichAsync_AnyBody_FailsOnlyAsAPluginException()
    {
        var pieces = Pick("{", "}", "[", "]", "\"id\":\"1\"", "\"data\":", "\"errors\":", "\"meta\":", "null", ",", "1", "\"next_token\":\"x\"", "\"value\":\"1\"", "\"type\":\"a/resource-not-found\"", "\"\\udfff\"", "\"includes\":");
        await Gen.Select(pieces.Array[0, 12], Pick(200, 400, 401, 402, 403, 404, 429, 500, 503)).SampleAsync(
            async sample =>
            {
                var plugin = XFixture.Plugin(new StubHandler(_ => StubHandler.Json(string.Concat(sample.Item1), sample.Item2)), s_all);
                try
                {
                    await plugin.EnrichBatchAsync([XFixture.ById("1"), XFixture.ById("2")], new BatchResults(2), default);
                }
                catch (PluginException)
                {
                }
            },
            iter: 5000);
    }

    private static async Task<EnrichmentResult> EnrichAsync(string users, string posts) => await XFixture.Plugin(XFixture.Upstream(users, posts), s_all).EnrichAsync(XFixture.ById("1"), default);

    private static void Check(EnrichmentResult result)
    {
        var enrichment = result.Enrichment!;
        Assert.InRange(enrichment.Confidence, 0.1, 0.9);
        Assert.InRange(enrichment.SocialConnections!.Connections, 0, long.MaxValue);
        Assert.True(double.IsFinite(enrichment.SocialConnections.Influence));
        Assert.InRange(enrichment.Interests?.Count ?? 0, 0, 50);
        Assert.All(result.Identities!, pair => Assert.True(pair.Key == "x_id" ? XKeys.IsId(pair.Value) : XKeys.IsUsername(pair.Value)));
        Assert.All(enrichment.BehaviorPatterns?.ActivityTimes ?? [], time => Assert.Equal(TimeSpan.Zero, DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture).Offset));
        Assert.NotEmpty(XMappingTests.Json(result));
    }

    /// <summary>Objects with some of these members.</summary>
    private static Gen<string> Objects(Gen<string> value, params string[] names) =>
        Gen.Select(Pick(names), value).Array[0, names.Length].Select(pairs => $"{{{string.Concat(pairs.DistinctBy(pair => pair.Item1).Select(pair => $"\"{pair.Item1}\":{pair.Item2},"))}\"other\":1}}");

    private static Gen<string> List(Gen<string> item) => item.Array[0, 3].Select(items => $"[{string.Join(',', items)}]");

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string WellFormed(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
