using System.Globalization;
using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>The plugin over recorded answers and the vendor's own node specifications that lie beside the repository; skipped where they do not.</summary>
public sealed class FacebookRecordedTests
{
    [Fact]
    public async Task EnrichAsync_EveryRecordedBody_IsAUserAFailureOrRefusedAsSomethingElse()
    {
        var bodies = Fixtures("").SelectMany(Bodies).ToList();
        var found = 0;

        foreach (var (file, body) in bodies)
        {
            var id = Id(body) ?? "1";
            try
            {
                var result = await EnrichAsync(body.GetRawText(), id);
                Assert.True(result.Kind == EnrichmentResultKind.NotFound || Id(body) is not null, file);
                found += result.Kind == EnrichmentResultKind.Found ? 1 : 0;
            }
            catch (PluginException failure)
            {
                Assert.True(Id(body) is null || IsError(body), $"{file}: {failure.Message}");
                Assert.True(IsError(body) || failure.Code == PluginErrorCode.InvalidResponse, $"{file}: {failure.Message}");
            }
        }

        Assert.InRange(bodies.Count, 150, 1000);
        Assert.InRange(found, 30, 200);
    }

    [Fact]
    public async Task Map_RecordedUsers_DeliverWhatStandsInThem()
    {
        var users = Fixtures("user", "profile").SelectMany(Bodies).SelectMany(entry => Records(entry.Body)).Where(user => Id(user) is not null).ToList();

        Assert.InRange(users.Count, 15, 200);
        foreach (var user in users)
        {
            var enrichment = (await EnrichAsync(user.GetRawText(), Id(user)!)).Enrichment!;
            Assert.Equal(Text(user, "gender"), enrichment.Demographics?.Gender);
            Assert.Equal(Text(user, "relationship_status"), enrichment.Demographics?.MaritalStatus);
            Assert.Equal(Text(user, "link"), enrichment.ContextualData is { } context && context.TryGetValue("profile_url", out var url) ? url.GetString() : null);
            Assert.Equal(Node(user, "location") is { } location ? Text(location, "name") : null, Node(user, "location") is null ? null : enrichment.Demographics?.Location);
            Assert.Equal(Text(user, "birthday") is { Length: 10 } || Node(user, "age_range") is { } range && range.TryGetProperty("min", out _), enrichment.Demographics?.Age is not null);
        }
    }

    [Fact]
    public async Task Map_RecordedFullProfile_FillsEveryPart()
    {
        var profile = RecordedUpstream.Read("fixtures/spring-social-facebook__full-profile.json");

        var enrichment = (await EnrichAsync(profile.GetRawText(), Id(profile)!)).Enrichment!;

        Assert.Equal((54, "Dallas", null, "Dallas, Texas"), (enrichment.Demographics!.Age, enrichment.Demographics.City, enrichment.Demographics.Country, enrichment.Demographics.Location));
        Assert.Equal("Computer Science, Mathematics, New Mexico (1994)", enrichment.Demographics.Education);
        Assert.Equal("SpringSource", enrichment.ContextualData!["company"].GetString());
        Assert.Equal(["Ping Pong", "Chicago Bulls"], enrichment.Interests!.Take(2));
    }

    [Fact]
    public async Task Map_RecordedLikes_AreInterests()
    {
        foreach (var (file, body) in Fixtures("likes").SelectMany(Bodies).Where(entry => entry.Body.TryGetProperty("data", out _)))
        {
            var names = body.GetProperty("data").EnumerateArray().Select(page => Text(page, "name")).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(100);

            var enrichment = (await EnrichAsync($$"""{"id":"1","likes":{{body.GetRawText()}}}""", "1")).Enrichment!;

            Assert.Equal($"{file}: {string.Join('|', names)}", $"{file}: {string.Join('|', enrichment.Interests ?? [])}");
        }
    }

    [Fact]
    public async Task Map_RecordedFriends_CountAllOfThem()
    {
        var lists = Fixtures("friends").SelectMany(Bodies).Where(entry => Node(entry.Body, "summary") is { } summary && summary.TryGetProperty("total_count", out _)).ToList();

        Assert.InRange(lists.Count, 5, 100);
        foreach (var (_, body) in lists)
        {
            var enrichment = (await EnrichAsync($$"""{"id":"1","friends":{{body.GetRawText()}}}""", "1")).Enrichment!;
            Assert.Equal(body.GetProperty("summary").GetProperty("total_count").GetInt64(), enrichment.SocialConnections!.Connections);
        }
    }

    [Fact]
    public async Task Map_RecordedPosts_AreActivityAndEngagement()
    {
        var posts = Fixtures("posts", "likes").SelectMany(Bodies).SelectMany(entry => Records(entry.Body)).Where(post => Text(post, "created_time") is not null || Node(post, "reactions") is not null).ToList();

        Assert.InRange(posts.Count, 30, 1000);
        foreach (var post in posts)
        {
            var enrichment = (await EnrichAsync($$$"""{"id":"1","posts":{"data":[{{{post.GetRawText()}}}]}}""", "1")).Enrichment!;
            var reactions = Node(post, "reactions") is { } edge && Node(edge, "summary") is { } summary && summary.TryGetProperty("total_count", out var count) ? count.GetInt64() : (long?)null;
            Assert.Equal(Text(post, "created_time") is { Length: 24 } time ? [time[..19] + "Z"] : null, enrichment.BehaviorPatterns!.ActivityTimes);
            Assert.Equal(reactions, enrichment.SocialConnections!.Interactions is { } sums && sums.TryGetValue("reactions", out var sum) ? sum.GetInt64() : null);
            Assert.Equal(1, enrichment.BehaviorPatterns.EngagementMetrics!["posts"].GetInt32());
        }
    }

    [Fact]
    public async Task EnrichAsync_RecordedPaging_NeverCallsTheAddressThatCarriesAToken()
    {
        var pages = Fixtures("friends", "likes", "posts").SelectMany(Bodies).Select(entry => entry.Body).Where(body => Node(body, "paging") is { } paging && Text(paging, "next") is not null).ToList();

        Assert.InRange(pages.Count, 8, 1000);
        foreach (var page in pages)
        {
            var upstream = new StubHandler(request => StubHandler.Json(request.RequestUri!.AbsolutePath.EndsWith("/likes", StringComparison.Ordinal) ? """{"data":[]}""" : $$$"""{"id":"1","likes":{"data":[{"name":"a"}],"paging":{{{page.GetProperty("paging").GetRawText()}}}}}"""));
            await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { MaxLikes = 500 }).EnrichAsync(new EnrichmentRequest("1"), default);
            Assert.All(upstream.Requests, request => Assert.StartsWith("GET https://graph.test/v25.0/1", request, StringComparison.Ordinal));
            Assert.All(upstream.Requests, request => Assert.DoesNotContain(["access_token", "REDACTED"], request.Contains));
        }
    }

    [Fact]
    public async Task EnrichBatchAsync_RecordedBatches_HaveAnOutcomePerItem()
    {
        var answer = File.ReadAllText(RecordedUpstream.Require("fixtures/restfb__batch__batch-second-error.json"));
        var results = new BatchResults(2);
        var upstream = new StubHandler(_ => StubHandler.Json(answer));

        await FacebookFixture.Plugin(upstream).EnrichBatchAsync([new("123456789"), new("2")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.NotFound), (results.GetResult(0).Kind, results.GetResult(1).Kind));
        Assert.EndsWith("\"bbf9cb99fcd98ba6c16300aa5c925306d0ab8636\"", results.GetResult(0).Validator, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_RecordedUsageHeader_IsWaitedFor()
    {
        var usage = RecordedUpstream.Read("fixtures/restfb__api__header-business.json").GetRawText().ReplaceLineEndings("");
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Error(80004), 400, ("X-Business-Use-Case-Usage", usage)));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await FacebookFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal((PluginErrorCode.RateLimitError, TimeSpan.FromMinutes(10)), (failure.Code, failure.RetryAfter));
    }

    [Fact]
    public async Task EnrichBatchAsync_DocumentedAnswers_AreRead()
    {
        var examples = RecordedUpstream.Read("documented-examples.json").GetProperty("examples").EnumerateArray().ToDictionary(example => example.GetProperty("id").GetString()!, example => example.GetProperty("response"));
        var upstream = new StubHandler(_ => StubHandler.Json(examples["batch-two-pages"].GetProperty("body").GetRawText().Replace("PAGE-A-ID", "1", StringComparison.Ordinal).Replace("PAGE-B-ID", "2", StringComparison.Ordinal)));
        var results = new BatchResults(2);

        await FacebookFixture.Plugin(upstream).EnrichBatchAsync([new("1"), new("2")], results, default);

        Assert.Equal((EnrichmentResultKind.Found, EnrichmentResultKind.Found), (results.GetResult(0).Kind, results.GetResult(1).Kind));
    }

    private static IEnumerable<string> Fixtures(params string[] categories) => RecordedUpstream.Read("fixtures/INDEX.json").GetProperty("fixtures").EnumerateArray()
        .Where(fixture => categories is [""] || categories.Contains(fixture.GetProperty("cat").GetString()))
        .Select(fixture => fixture.GetProperty("name").GetString()!)
        .Where(name => name.EndsWith(".json", StringComparison.Ordinal)); // the one other file defines mocks

    private static IEnumerable<(string File, JsonElement Body)> Bodies(string file)
    {
        var content = RecordedUpstream.Read($"fixtures/{file}");
        return content.ValueKind == JsonValueKind.Object && content.TryGetProperty("exchanges", out var exchanges)
            ? exchanges.EnumerateArray().Select(exchange => (file, exchange.GetProperty("response").GetProperty("body")))
            : [(file, content)];
    }

    private static IEnumerable<JsonElement> Records(JsonElement body) => body.ValueKind != JsonValueKind.Object ? []
        : body.TryGetProperty("data", out var data) ? data.ValueKind == JsonValueKind.Array ? data.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object) : []
        : [body];

    private static JsonElement? Node(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var node) && node.ValueKind == JsonValueKind.Object ? node : null;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string? Id(JsonElement element) => Text(element, "id") is { Length: <= 20 } id && id.All(char.IsAsciiDigit) ? id : null;

    private static bool IsError(JsonElement body) => Node(body, "error") is not null;

    private static async Task<EnrichmentResult> EnrichAsync(string body, string id)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        return await FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json(body)), timeProvider: time).EnrichAsync(new EnrichmentRequest(id), default);
    }
}
