using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Http.Tests;

public sealed class HttpMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly HttpOptions s_options = HttpFixture.Plain with
    {
        Result = "$.data",
        Confidence = 0.6,
        Fields = new HttpFields
        {
            Demographics = new HttpDemographicFields { Age = "$.profile.age", BirthDate = "$.profile.born", Gender = "$.profile.sex", City = "$.profile.where.city", Country = "$.profile.where.country", Location = "$.profile.where.text", Occupation = "$.profile.job", Income = "$.profile.pay", Education = "$.profile.school", MaritalStatus = "$.profile.married" },
            Interests = "$.tags",
            SocialConnections = new HttpSocialFields { Platforms = "$.social.networks", Connections = "$.social.friends", Influence = "$.social.klout", Communities = "$.social.groups[*]", Interactions = new Dictionary<string, string> { ["likes"] = "$.social.likes" } },
            BehaviorPatterns = new HttpBehaviorFields
            {
                SessionDuration = "$.stats.session", PageViews = "$.stats.pages", ConversionRate = "$.stats.rate", PreferredChannels = "$.stats.via", ActivityTimes = "$.stats.seen", SearchPatterns = "$.stats.searches",
                EngagementMetrics = new Dictionary<string, string> { ["emails_opened"] = "$.stats.opens" },
                PurchaseHistory = new HttpPurchaseFields { Items = "$.orders[*]", ProductId = "$.sku", Category = "$.kind", Amount = "$.total.value", Currency = "$.total.unit", Timestamp = "$.at", Channel = "$.via" },
            },
            ContextualData = new Dictionary<string, string> { ["tier"] = "$['loyalty tier']", ["missing"] = "$.nothing" },
            Identities = new Dictionary<string, string> { ["email"] = "$.mail", ["x_id"] = "$.x", ["facebook_id"] = "$.facebook" },
        },
    };

    [Fact]
    public async Task Map_FullUser_FillsEveryField()
    {
        var enrichment = (await EnrichAsync()).Enrichment!;

        Assert.Equal(new Demographics { Age = 41, Gender = "f", City = "Lyon", Country = "FR", Occupation = "Baker", Income = "52000", Education = "BSc", MaritalStatus = "true" }, enrichment.Demographics);
        Assert.Equal(["bread", "wine", "7"], enrichment.Interests);
        var social = enrichment.SocialConnections!;
        Assert.Equal((120L, 12.5, """{"posts":4}"""), (social.Connections, social.Influence, social.Interactions!["likes"].GetRawText()));
        Assert.Equal(["x", "mastodon"], social.Platforms);
        Assert.Equal(["bakers"], social.Communities);
        Assert.Equal("""{"name":"gold","since":2020}""", Assert.Single(enrichment.ContextualData!).Value.GetRawText());
        Assert.Equal(("http", s_now, 0.6, null), (enrichment.Source, enrichment.Timestamp, enrichment.Confidence, enrichment.Ttl));
    }

    [Fact]
    public async Task Map_FullUser_FillsBehavior()
    {
        var behavior = (await EnrichAsync()).Enrichment!.BehaviorPatterns!;

        Assert.Equal((TimeSpan.FromSeconds(90), 17L, 0.25, 9), (behavior.SessionDuration, behavior.PageViews, behavior.ConversionRate, behavior.EngagementMetrics!["emails_opened"].GetInt32()));
        Assert.Equal(["email", "shop", "2026-01-02T03:04:05Z", "rye flour"], behavior.PreferredChannels!.Concat(behavior.ActivityTimes!).Concat(behavior.SearchPatterns!));
        Assert.Equal(
            [
                new PurchaseEvent { ProductId = "FLOUR-2", Amount = 3, Timestamp = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) },
                new PurchaseEvent { ProductId = "FLOUR-1", Category = "food", Amount = 12.5m, Currency = "EUR", Timestamp = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Channel = "shop" },
            ],
            behavior.PurchaseHistory);
    }

    [Fact]
    public async Task Map_FullUser_BringsIdentities() =>
        Assert.Equal(new Dictionary<string, string> { ["email"] = "baker@example.org", ["x_id"] = "12345" }, (await EnrichAsync()).Identities);

    [Theory]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":{}}""")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":7}""")]
    [InlineData("""{"other":1}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Map_NothingWhereTheUserStands_IsNotFound(string answer) =>
        Assert.Equal(EnrichmentResultKind.NotFound, (await EnrichAsync(answer)).Kind);

    [Theory]
    [InlineData("""{"age":131}""", null)]
    [InlineData("""{"age":-1,"born":"1990-06-15"}""", 35)]
    [InlineData("""{"age":{},"born":"15.6.1990"}""", 35)]
    [InlineData("""{"age":"0"}""", 0)]
    public async Task Map_Age_IsPlausibleOrComputed(string profile, int? age) =>
        Assert.Equal(age, (await EnrichAsync($$$"""{"data":{"profile":{{{profile}}},"x":1}}""")).Enrichment!.Demographics?.Age);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public async Task Map_FactThatCannotBeCopied_IsDropped(string value) =>
        Assert.Null((await EnrichAsync($$$"""{"data":{"loyalty tier":{{{value}}},"x":1}}""")).Enrichment!.ContextualData);

    [Fact]
    public async Task Map_AnyAnswer_NeverFailsAndIsValid()
    {
        var values = Gen.OneOf(
            Gen.String.Select(text => $"\"{JsonEncodedText.Encode(new string([.. text.Where(c => !char.IsSurrogate(c))]))}\""),
            Pick("null", "true", "12", "-1e400", "\"\"", "{}", "[]", "[1]", "[[1]]", "\"\\ud800\"", "{\"\\ud800\":1}", "\"9999-12-31T23:59:59.999-14:00\"", "99999999999999999999", "\"1d\"", "0.5"),
            Gen.Long.Select(number => $"{number}"),
            Gen.Decimal.Select(number => $"\"{number}\""));
        var names = Pick("age", "born", "sex", "city", "country", "job", "networks", "friends", "klout", "groups", "likes", "session", "pages", "rate", "via", "seen", "opens", "sku", "total", "value", "unit", "at");
        var members = Gen.Select(names, values).Array[0, 12].Select(pairs => string.Join(',', pairs.Select(pair => $"\"{pair.Item1}\":{pair.Item2}")));

        await members.SampleAsync(
            async body =>
            {
                var user = "{" + body + "}";
                var result = await EnrichAsync("""{"data":{"profile":USER,"social":USER,"stats":USER,"orders":[USER,{"total":USER,"at":"2026-01-01T00:00:00Z"}],"loyalty tier":USER}}""".Replace("USER", user, StringComparison.Ordinal));
                var json = JsonSerializer.SerializeToUtf8Bytes(result.Enrichment! with { Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment);
                Assert.NotNull(JsonSerializer.Deserialize(json, FastEnrichJsonContext.Default.UserEnrichment));
            },
            iter: 1500);
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static async Task<EnrichmentResult> EnrichAsync(string? answer = null) =>
        await HttpFixture.Plugin(s_options, new StubUpstream(answer ?? File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "user.json"))), new FakeTimeProvider(s_now)).EnrichAsync(new EnrichmentRequest("1"), default);
}
