using System.Text.Json;
using FastEnrich.Plugins.Social.X;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.X;

public sealed class XMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Map_TaggedPosts_SayWhereTheUserIs()
    {
        var demographics = (await EnrichAsync()).Enrichment!.Demographics!;

        Assert.Equal(new Demographics { City = "Utrecht", Country = "NL", Location = "Utrecht, Nederland" }, demographics);
    }

    [Theory]
    [InlineData("Berlin, Germany", "Berlin", "DE")]
    [InlineData("Germany", null, "DE")]
    [InlineData("London, UK", "London", "GB")]
    [InlineData("San Francisco, CA", null, null)]
    [InlineData("Atlanta, Georgia", null, null)]
    [InlineData("DE", null, null)]
    [InlineData("127.0.0.1", null, null)]
    [InlineData("somewhere over the rainbow", null, null)]
    [InlineData(" , ", null, null)]
    public async Task Map_FreeText_IsReadOnlyWhereItIsSure(string location, string? city, string? country)
    {
        var demographics = (await MapAsync($$"""{"id":"1","location":"{{location}}"}""")).Demographics!;

        Assert.Equal((location.Trim(), city, country), (demographics.Location, demographics.City, demographics.Country));
    }

    [Fact]
    public async Task Map_Posts_GiveInterestsTheStrongestFirst()
    {
        var interests = (await EnrichAsync()).Enrichment!.Interests!;

        Assert.Equal(["Sailing", "Rivers", "Dragonfly 28", "Maps", "Chess"], interests);
    }

    [Fact]
    public async Task Map_ContextAnnotations_KeepTheirDomains()
    {
        var topics = (await EnrichAsync()).Enrichment!.ContextualData!["x_topics"];

        Assert.Equal(["Sailing", "Maps", "Chess"], topics.EnumerateArray().Select(topic => topic.GetProperty("name").GetString()));
        Assert.Equal(("900", 2), (topics[0].GetProperty("entity_id").GetString(), topics[0].GetProperty("posts").GetInt32()));
        Assert.Equal(["65", "131"], topics[0].GetProperty("domains").EnumerateArray().Select(domain => domain.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Map_FullProfile_FillsSocialConnections()
    {
        var social = (await EnrichAsync()).Enrichment!.SocialConnections!;

        Assert.Equal((1500, 1200d), (social.Connections, social.Influence));
        Assert.Equal(["x"], social.Platforms);
        Assert.Equal(["Water people", "Utrecht"], social.Communities);
        Assert.Equal(
            [("x_mentions", 2), ("x_quotes", 1), ("x_replies", 1), ("x_reposts", 1)],
            social.Interactions!.Select(pair => (pair.Key, pair.Value.GetInt32())).Order());
    }

    [Fact]
    public async Task Map_Engagement_CountsTheUsersOwnPosts()
    {
        var metrics = (await EnrichAsync()).Enrichment!.BehaviorPatterns!.EngagementMetrics!;

        Assert.Equal((1200, 300, 17, 4000, 950, 60), (Number("x_followers"), Number("x_following"), Number("x_listed"), Number("x_posts"), Number("x_likes_given"), Number("x_media")));
        Assert.Equal((4, 17, 4, 3, 1, 1), (Number("x_posts_measured"), Number("x_likes_received"), Number("x_replies_received"), Number("x_reposts_received"), Number("x_quotes_received"), Number("x_bookmarks_received")));
        Assert.Equal((6.5m, 500, 0.052m), (metrics["x_engagement_per_post"].GetDecimal(), Number("x_impressions"), metrics["x_engagement_rate"].GetDecimal()));

        int Number(string name) => metrics[name].GetInt32();
    }

    [Fact]
    public async Task Map_Activity_IsTimesAndHistograms()
    {
        var behavior = (await EnrichAsync()).Enrichment!.BehaviorPatterns!;

        Assert.Equal(["2026-02-28T18:05:00Z", "2026-02-27T18:45:00Z", "2026-02-20T07:00:00Z", "2026-02-10T07:30:00Z", "2025-03-01T12:00:00Z"], behavior.ActivityTimes);
        Assert.Equal((2, 2, 1), (Hours(7), Hours(18), Hours(12)));
        Assert.Equal([0, 1, 0, 0, 2, 2, 0], behavior.EngagementMetrics!["x_posts_by_weekday"].EnumerateArray().Select(count => count.GetInt32()));
        Assert.Equal(["x"], behavior.PreferredChannels);

        int Hours(int hour) => behavior.EngagementMetrics!["x_posts_by_hour"][hour].GetInt32();
    }

    [Fact]
    public async Task Map_FullProfile_FillsContextAndIdentities()
    {
        var result = await EnrichAsync();

        var context = result.Enrichment!.ContextualData!;
        Assert.Equal(("mara_quist", "2015-04-02T10:20:30Z", "blue", "Premium"), (Text("x_username"), Text("x_created_at"), Text("x_verified_type"), Text("x_subscription_type")));
        Assert.Equal((false, true), (context["x_protected"].GetBoolean(), context["x_verified"].GetBoolean()));
        Assert.Equal("""{"en":3,"nl":1}""", context["x_languages"].GetRawText());
        Assert.Equal(("1480000000000000123", "mara_quist"), (result.Identities!["x_id"], result.Identities["x_username"]));

        string? Text(string name) => context[name].GetString();
    }

    [Fact]
    public async Task Map_FullProfile_IsStampedAndLivesAWindow()
    {
        var enrichment = (await EnrichAsync()).Enrichment!;

        Assert.Equal(("x", s_now, TimeSpan.FromMinutes(15)), (enrichment.Source, enrichment.Timestamp, enrichment.Ttl));
    }

    [Theory]
    [InlineData("""{"id":"1"}""", 0.76)] // 0.9 for the platform, x (1 - 0.15 x 4/5) for what is missing, x (1 - 0.15 x 1/4) for the unknown age
    [InlineData("""{"id":"1","public_metrics":{"followers_count":1,"following_count":1},"created_at":"2026-02-20T00:00:00Z","location":"Germany"}""", 0.77)] // four facts kept, two of free text, complete and fresh
    public async Task Map_Confidence_FollowsTheSharedFormula(string user, double confidence)
    {
        var options = XFixture.Options with { Capabilities = [] };

        var result = await XFixture.Plugin(XFixture.Upstream($$"""{"data":[{{user}}]}"""), options, new FakeTimeProvider(s_now)).EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal(confidence, result.Enrichment!.Confidence);
    }

    [Fact]
    public async Task Map_NewVocabulary_MeansTheSame()
    {
        var posts = Fixture("posts.json").Replace("retweet_count", "repost_count", StringComparison.Ordinal).Replace("referenced_tweets", "referenced_posts", StringComparison.Ordinal);
        var users = Fixture("user-full.json").Replace("tweet_count", "post_count", StringComparison.Ordinal);

        var newer = await EnrichAsync(users, posts, Fixture("lists.json"), "post.fields");

        Assert.Equal(Json(await EnrichAsync()), Json(newer));
    }

    [Theory]
    [InlineData(XCapability.InterestsExtraction)]
    [InlineData(XCapability.EngagementMetrics)]
    [InlineData(XCapability.ActivityPatterns)]
    [InlineData(XCapability.ListMemberships)]
    public async Task Map_OneCapability_DeliversItsFactsOnly(XCapability capability)
    {
        var upstream = XFixture.Upstream(Fixture("user-full.json"), Fixture("posts.json"), Fixture("lists.json"));

        var enrichment = (await XFixture.Plugin(upstream, XFixture.Options with { Capabilities = [capability] }).EnrichAsync(XFixture.ById("1480000000000000123"), default)).Enrichment!;

        Assert.Equal(capability == XCapability.InterestsExtraction, enrichment.Interests is not null);
        Assert.Equal(capability == XCapability.EngagementMetrics, enrichment.BehaviorPatterns!.EngagementMetrics!.ContainsKey("x_likes_received"));
        Assert.Equal(capability == XCapability.ActivityPatterns, enrichment.BehaviorPatterns.ActivityTimes is not null);
        Assert.Equal(capability == XCapability.ListMemberships, enrichment.SocialConnections!.Communities is not null);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task Map_GarbageInSomeFields_DropsThoseFieldsOnly()
    {
        var enrichment = await MapAsync("""{"id":"1","username":{"a":1},"created_at":"soon","location":["x"],"protected":"no","verified":7,"verified_type":"\ud800","public_metrics":{"followers_count":-3,"following_count":"12","listed_count":1e3,"tweet_count":null}}""");

        Assert.Equal(12, enrichment.SocialConnections!.Connections);
        Assert.Null(enrichment.ContextualData);
        Assert.Null(enrichment.Demographics);
        Assert.Equal(["x_following"], enrichment.BehaviorPatterns!.EngagementMetrics!.Keys);
    }

    internal static async Task<UserEnrichment> MapAsync(string user, string posts = """{"meta":{}}""") =>
        (await XFixture.Plugin(XFixture.Upstream($$"""{"data":[{{user}}]}""", posts)).EnrichAsync(XFixture.ById("1"), default)).Enrichment!;

    internal static string Json(EnrichmentResult result) =>
        result.Enrichment is null ? "" : JsonSerializer.Serialize(result.Enrichment with { Timestamp = default }, FastEnrichJsonContext.Default.UserEnrichment);

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "X", "Fixtures", name));

    private static Task<EnrichmentResult> EnrichAsync() => EnrichAsync(Fixture("user-full.json"), Fixture("posts.json"), Fixture("lists.json"), "tweet.fields");

    private static async Task<EnrichmentResult> EnrichAsync(string users, string posts, string lists, string parameter)
    {
        var options = XFixture.Options with { Capabilities = XFixture.EveryCapability, PostFieldsParameter = parameter };
        return await XFixture.Plugin(XFixture.Upstream(users, posts, lists), options, new FakeTimeProvider(s_now)).EnrichAsync(XFixture.ById("1480000000000000123"), default);
    }
}
