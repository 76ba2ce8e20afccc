using FastEnrich.Plugins.Social.Facebook;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

public sealed class FacebookMappingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Map_FullUser_FillsDemographics()
    {
        var demographics = (await EnrichAsync()).Enrichment!.Demographics!;

        Assert.Equal(
            new Demographics
            {
                Age = 35,
                Gender = "female",
                MaritalStatus = "In a relationship",
                Education = "MSc, Hydrology, Delta University (2014)",
                Occupation = "Water Engineer",
                City = "Utrecht",
                Country = "NL",
                Location = "Utrecht, Netherlands",
            },
            demographics);
    }

    [Fact]
    public async Task Map_FullUser_FillsInterestsPreferencesFirst() =>
        Assert.Equal(["Sailing", "Canal Rowers", "Ada Oar", "Johan Dyke", "Rivers of the World", "Flood Maps"], (await EnrichAsync()).Enrichment!.Interests);

    [Fact]
    public async Task Map_FullUser_FillsSocialConnections()
    {
        var social = (await EnrichAsync()).Enrichment!.SocialConnections!;

        Assert.Equal(["facebook"], social.Platforms);
        Assert.Equal((477, 15.5), (social.Connections, social.Influence));
        Assert.Equal((31, 5, 3), (social.Interactions!["reactions"].GetInt32(), social.Interactions["comments"].GetInt32(), social.Interactions["shares"].GetInt32()));
    }

    [Fact]
    public async Task Map_FullUser_FillsBehavior()
    {
        var behavior = (await EnrichAsync()).Enrichment!.BehaviorPatterns!;

        Assert.Equal(["facebook"], behavior.PreferredChannels);
        Assert.Equal(["2026-02-20T18:00:00Z", "2026-02-10T09:30:00Z"], behavior.ActivityTimes);
        var metrics = behavior.EngagementMetrics!;
        Assert.Equal((2, 15.5m, 2.5m, 1.5m), (metrics["posts"].GetInt32(), metrics["reactions_per_post"].GetDecimal(), metrics["comments_per_post"].GetDecimal(), metrics["shares_per_post"].GetDecimal()));
        Assert.Equal("2026-02-20T18:00:00Z", metrics["last_post_at"].GetString());
    }

    [Fact]
    public async Task Map_FullUser_FillsContextAndIdentity()
    {
        var result = await EnrichAsync();

        var context = result.Enrichment!.ContextualData!;
        Assert.Equal(("Lowland Works", "https://mara.example.org", true), (context["company"].GetString(), context["site"].GetString(), context["app_installed"].GetBoolean()));
        Assert.Equal(["Dutch", "English"], context["languages"].EnumerateArray().Select(language => language.GetString()));
        Assert.Equal(["Magazine", "Sports team"], context["like_categories"].EnumerateArray().Select(category => category.GetString()));
        Assert.Equal([KeyValuePair.Create("facebook_id", "10150000000090071")], result.Identities!);
    }

    [Fact]
    public async Task Map_FullUser_IsStampedForSixHours()
    {
        var enrichment = (await EnrichAsync()).Enrichment!;

        Assert.Equal(("facebook", s_now, TimeSpan.FromHours(6)), (enrichment.Source, enrichment.Timestamp, enrichment.Ttl));
        Assert.Equal(Math.Round(((12 * 0.9) + (3 * 0.7)) / 15, 2), enrichment.Confidence); // 12 facts that the user typed, 3 derived from posts of this month
    }

    [Theory]
    [InlineData("""  "birthday":"06/15/1990" """, 35)]
    [InlineData("""  "birthday":"1990" """, 36)]
    [InlineData("""  "birthday":"06/15" """, null)]
    [InlineData("""  "birthday":"06/15","age_range":{"min":21} """, 21)]
    [InlineData("""  "age_range":{"min":18,"max":20} """, 18)]
    [InlineData("""  "age_range":{"max":17} """, null)]
    [InlineData("""  "age_range":{"min":400} """, null)]
    [InlineData("""  "birthday":"03/02/2026" """, null)]
    [InlineData("""  "birthday":"0000" """, null)]
    [InlineData("""  "birthday":1990 """, null)]
    public async Task Map_Age_IsWhatTheFormGives(string fields, int? age) => Assert.Equal(age, (await MapAsync(fields)).Demographics?.Age);

    [Fact]
    public async Task Map_AgeRange_IsTrustedLessThanABirthday()
    {
        var range = await MapAsync(""" "age_range":{"min":21} """);
        var birthday = await MapAsync(""" "birthday":"06/15/1990" """);

        Assert.True(range.Confidence < birthday.Confidence * 0.6);
    }

    [Theory]
    [InlineData("""{"name":"Dallas, Texas"}""", "Dallas", null, "Dallas, Texas")]
    [InlineData("""{"name":"Lyon, France"}""", "Lyon", "FR", "Lyon, France")]
    [InlineData("""{"name":"Tbilisi, Georgia"}""", "Tbilisi", null, "Tbilisi, Georgia")]
    [InlineData("""{"name":"San Jose, CA"}""", "San Jose", null, "San Jose, CA")]
    [InlineData("""{"name":"Singapore"}""", null, null, "Singapore")]
    [InlineData("""{"name":"Paris, France","location":{"city":"Paris","country":"France"}}""", "Paris", "FR", "Paris, France")]
    [InlineData("""{"location":{"city":"Paris","state":"IDF","country":"France"}}""", "Paris", "FR", "Paris, IDF, France")]
    [InlineData("""{"name":", Texas"}""", null, null, ", Texas")]
    [InlineData("""{"name":7,"location":[]}""", null, null, null)]
    public async Task Map_Place_IsTheExpandedOneElseTheNames(string place, string? city, string? country, string? location)
    {
        foreach (var field in new[] { "location", "hometown" })
        {
            var demographics = (await MapAsync($"\"{field}\":{place}")).Demographics;

            Assert.Equal((city, country, location), (demographics?.City, demographics?.Country, demographics?.Location));
        }
    }

    [Fact]
    public async Task Map_Hometown_StandsInOnlyWithoutALocation()
    {
        var enrichment = await MapAsync(""" "location":{"name":"Lyon, France"},"hometown":{"name":"Rome, Italy"} """);

        Assert.Equal(("Lyon", "FR"), (enrichment.Demographics!.City, enrichment.Demographics.Country));
    }

    [Theory]
    [InlineData("""[{"type":"College","school":{"name":"A"},"year":{"name":"1994"}},{"type":"High School","school":{"name":"B"},"year":{"name":"1989"}}]""", "A (1994)")]
    [InlineData("""[{"type":"College","school":{"name":"A"},"year":{"name":"1994"}},{"type":"College","school":{"name":"B"},"year":{"name":"1998"}}]""", "B (1998)")]
    [InlineData("""[{"type":"High School"}]""", "High School")]
    [InlineData("""[{"school":{"name":"A"},"year":{"name":"soon"}}]""", "A")]
    [InlineData("""[]""", null)]
    [InlineData("""{"data":"none"}""", null)]
    public async Task Map_Education_IsTheHighestSchool(string education, string? text) =>
        Assert.Equal(text, (await MapAsync($"\"education\":{education}")).Demographics?.Education);

    [Fact]
    public async Task Map_PostsWithoutCounts_AreNoZeros()
    {
        var enrichment = await MapAsync(""" "posts":{"data":[{"created_time":"2026-02-01T00:00:00+0000"},{"id":"2"}]} """);

        Assert.Equal(["posts", "last_post_at"], enrichment.BehaviorPatterns!.EngagementMetrics!.Keys);
        Assert.Null(enrichment.SocialConnections!.Interactions);
    }

    [Fact]
    public async Task Map_NothingButTheId_IsAUserOnAPlatform()
    {
        var enrichment = await MapAsync("");

        Assert.Equal((null, null, null, 0.1), (enrichment.Demographics, enrichment.Interests, enrichment.BehaviorPatterns, enrichment.Confidence));
        Assert.Equal(["facebook"], enrichment.SocialConnections!.Platforms);
    }

    [Fact]
    public async Task Map_GarbageInSomeFields_DropsThoseFieldsOnly()
    {
        var enrichment = await MapAsync(""" "gender":"f","birthday":{"a":1},"location":["x"],"likes":{"data":{"name":"x"}},"friends":{"summary":{"total_count":-3}},"posts":[null,7],"languages":"\ud800","link":"\ud800","\ud800":"x","installed":"yes","work":[[]] """);

        Assert.Equal(new Demographics { Gender = "f" }, enrichment.Demographics);
        Assert.Equal((null, 0L, null, null), (enrichment.Interests, enrichment.SocialConnections!.Connections, enrichment.BehaviorPatterns, enrichment.ContextualData));
    }

    internal static async Task<UserEnrichment> MapAsync(string fields) =>
        (await EnrichAsync($"{{\"id\":\"10150000000090071\"{(fields.Length > 0 ? "," : "")}{fields}}}", FacebookFixture.Stub with { ContextualFields = new Dictionary<string, string> { ["site"] = "website" } })).Enrichment!;

    private static Task<EnrichmentResult> EnrichAsync() => EnrichAsync(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Facebook", "Fixtures", "user-full.json")),
        FacebookFixture.Stub with { Capabilities = Enum.GetValues<FacebookCapability>(), ContextualFields = new Dictionary<string, string> { ["site"] = "website" } });

    private static async Task<EnrichmentResult> EnrichAsync(string user, FacebookOptions options)
    {
        var plugin = FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(user)), options, new FakeTimeProvider(s_now));
        return await plugin.EnrichAsync(new EnrichmentRequest("10150000000090071"), default);
    }
}
