using FastEnrich.Plugins.Social.X;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.X;

/// <summary>Lookups before an upstream that answers what the simulator never does.</summary>
public sealed class XBatchTests
{
    private static readonly XOptions s_profileOnly = XFixture.Options with { Capabilities = [] };

    [Fact]
    public async Task EnrichBatchAsync_UsernamesInOtherCase_AreOneUser()
    {
        var upstream = XFixture.Upstream("""{"data":[{"id":"1","username":"Mara_Quist"}]}""");
        var results = new BatchResults(3);

        await XFixture.Plugin(upstream, s_profileOnly with { LookupBy = "username" })
            .EnrichBatchAsync([XFixture.ByUsername("mara_quist"), XFixture.ByUsername("MARA_QUIST"), XFixture.ByUsername("other")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.Found, EnrichmentResultKind.NotFound], Kinds(results));
        Assert.StartsWith("GET https://x.test/2/users/by?usernames=mara_quist%2Cother&user.fields=", Assert.Single(upstream.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichBatchAsync_ErrorsBesideData_EachMemberHasItsOwn()
    {
        var results = await EnrichAsync(
            """
            {"data":[{"id":"1","username":"a"}],"errors":[
            {"type":"https://api.twitter.com/2/problems/resource-not-found","value":"2","title":"Forbidden","detail":"User has been suspended: [2]."},
            {"type":"https://api.x.com/2/problems/not-authorized-for-resource","resource_id":"3"},
            {"type":"https://api.x.com/2/problems/internal-error","value":"4","detail":"someone@example.com"},
            {"type":"https://api.x.com/2/problems/usage-capped","value":"5","period":"Daily"},
            {"type":"https://somewhere/someone@example.com","value":"6"}]}
            """,
            "1", "2", "3", "4", "5", "6", "7");

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.NotFound, EnrichmentResultKind.NotFound], Kinds(results).Take(3));
        Assert.Equal([PluginErrorCode.ConnectionError, PluginErrorCode.QuotaExceeded, PluginErrorCode.ConnectionError], new[] { 3, 4, 5 }.Select(index => results.GetFailure(index)!.Code));
        Assert.Equal(EnrichmentResultKind.NotFound, results.GetResult(6).Kind);
        Assert.DoesNotContain("example.com", string.Concat(Enumerable.Range(0, 7).Select(index => results.GetFailure(index))));
    }

    [Fact]
    public async Task EnrichBatchAsync_ErrorOfNobody_IsNotTakenForMissingUsers()
    {
        var results = await EnrichAsync("""{"data":[{"id":"1"}],"errors":[{"type":"https://api.x.com/2/problems/internal-error"}]}""", "1", "2");

        Assert.Equal((EnrichmentResultKind.Found, PluginErrorCode.ConnectionError), (results.GetResult(0).Kind, results.GetFailure(1)!.Code));
    }

    [Fact]
    public async Task EnrichBatchAsync_NullsAndUnasked_AnswerNobody()
    {
        var results = await EnrichAsync("""{"data":[null,{"id":"99"},{"username":"no id"},{"id":1}],"errors":[null]}""", "1");

        Assert.Equal([EnrichmentResultKind.NotFound], Kinds(results));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"data":7}""")]
    [InlineData("""{"data":["a"]}""")]
    [InlineData("""{"meta":{}}""")]
    public async Task EnrichBatchAsync_OtherShape_IsAnInvalidResponse(string body)
    {
        var failure = await Assert.ThrowsAsync<PluginException>(() => EnrichAsync(body, "1"));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Theory]
    [InlineData("username", "x_username", "sixteen_letters_")]
    [InlineData("username", "x_username", "a b")]
    [InlineData("username", "x_username", "@mara")]
    [InlineData("username", "x_username", "mara,els")]
    [InlineData("username", "x_username", "mära")]
    [InlineData("id", "x_id", "mara")]
    [InlineData("id", "x_id", "12345678901234567890")]
    [InlineData("id", "x_id", "0012")]
    [InlineData("id", "x_id", "1,2")]
    [InlineData("id", "x_id", "-1")]
    public async Task EnrichAsync_ImpossibleKey_IsNotFoundWithoutACall(string lookupBy, string identity, string key)
    {
        var upstream = XFixture.Upstream("");

        var result = await XFixture.Plugin(upstream, XFixture.Options with { LookupBy = lookupBy }).EnrichAsync(new EnrichmentRequest("u", new Dictionary<string, string> { [identity] = key }), default);

        Assert.Equal((EnrichmentResultKind.NotFound, null), (result.Kind, result.Ttl));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_NoIdentity_IsNotRememberedAndNeverTheUserId()
    {
        var upstream = XFixture.Upstream("");

        var result = await XFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("5100000017"), default);

        Assert.Equal((EnrichmentResultKind.NotFound, TimeSpan.Zero), (result.Kind, result.Ttl));
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_UseUserId_LooksTheUserIdUp()
    {
        var upstream = XFixture.Upstream("""{"data":[{"id":"783214","username":"x"}]}""");

        var result = await XFixture.Plugin(upstream, s_profileOnly with { UseUserId = true }).EnrichAsync(new EnrichmentRequest("783214"), default);

        Assert.Equal("x", result.Identities!["x_username"]);
    }

    [Fact]
    public async Task EnrichAsync_ManyPosts_AreReadPageByPage()
    {
        var upstream = Timeline(page => Page(page * 100, 100, next: true));

        var result = await XFixture.Plugin(upstream, XFixture.Options with { MaxPosts = 230 }).EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal(230, result.Enrichment!.BehaviorPatterns!.EngagementMetrics!["x_posts_by_hour"].EnumerateArray().Sum(count => count.GetInt32()));
        Assert.Equal(["100", "100", "30"], upstream.Requests.Skip(1).Select(request => Parameter(request, "max_results")));
        Assert.Equal([null, "t1", "t2"], upstream.Requests.Skip(1).Select(request => Parameter(request, "pagination_token")));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 4)]
    public async Task EnrichAsync_EndlessTimeline_IsGivenUp(int postsPerPage, int requests)
    {
        var upstream = Timeline(page => Page(page * postsPerPage, postsPerPage, next: true));

        await XFixture.Plugin(upstream, XFixture.Options with { MaxPosts = 100 }).EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal(requests, upstream.Requests.Count);
    }

    [Fact]
    public async Task EnrichAsync_ProtectedUser_IsKeptWithoutACallForPosts()
    {
        var upstream = XFixture.Upstream("""{"data":[{"id":"1","protected":true,"public_metrics":{"followers_count":7}}]}""");

        var result = await XFixture.Plugin(upstream).EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal(7, result.Enrichment!.SocialConnections!.Influence);
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task EnrichAsync_PostsNotForUs_KeepTheProfile(int status)
    {
        const string refusal = """{"errors":[{"type":"https://api.twitter.com/2/problems/not-authorized-for-resource"}],"type":"https://api.twitter.com/2/problems/not-authorized-for-resource"}""";
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath == "/2/users" ? StubHandler.Json("""{"data":[{"id":"1"}]}""") : StubHandler.Json(refusal, status));

        var result = await XFixture.Plugin(upstream, XFixture.Options with { Capabilities = XFixture.EveryCapability }).EnrichAsync(XFixture.ById("1"), default);

        Assert.Equal((EnrichmentResultKind.Found, 3), (result.Kind, upstream.Requests.Count));
    }

    [Fact]
    public async Task EnrichBatchAsync_PostsOfOneFail_FailThatOneAlone()
    {
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath switch
        {
            "/2/users" => StubHandler.Json("""{"data":[{"id":"1"},{"id":"2"},{"id":"3"}]}"""),
            "/2/users/2/tweets" => StubHandler.Json("", 503),
            _ => StubHandler.Json("""{"meta":{"result_count":0}}"""),
        });
        var results = new BatchResults(3);

        await XFixture.Plugin(upstream).EnrichBatchAsync([XFixture.ById("1"), XFixture.ById("2"), XFixture.ById("3")], results, default);

        Assert.Equal([EnrichmentResultKind.Found, EnrichmentResultKind.None, EnrichmentResultKind.Found], Kinds(results));
        Assert.Equal(PluginErrorCode.ConnectionError, results.GetFailure(1)!.Code);
    }

    [Fact]
    public async Task EnrichBatchAsync_PostsRefusedToTheApp_AreNotAskedForEachUser()
    {
        var ids = Enumerable.Range(1, 100).Select(id => $"{id}").ToList();
        var users = $$"""{"data":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}}]}""";
        var upstream = new StubHandler(request => request.RequestUri!.AbsolutePath == "/2/users" ? StubHandler.Json(users) : StubHandler.Json("""{"type":"https://api.twitter.com/2/problems/client-forbidden"}""", 403));
        var results = new BatchResults(100);

        await XFixture.Plugin(upstream).EnrichBatchAsync([.. ids.Select(XFixture.ById)], results, default);

        Assert.All(Enumerable.Range(0, 100), index => Assert.Equal(PluginErrorCode.AuthError, results.GetFailure(index)!.Code));
        Assert.InRange(upstream.Requests.Count, 2, 20);
    }

    [Fact]
    public async Task EnrichBatchAsync_Reads_CountPaidResources()
    {
        var upstream = XFixture.Upstream("""{"data":[{"id":"1"},{"id":"2"}]}""", Page(0, 3, next: false));
        var context = XFixture.Context(upstream, new FakeTimeProvider());

        await new XPlugin(XFixture.Options, context).EnrichBatchAsync([XFixture.ById("1"), XFixture.ById("2")], new BatchResults(2), default);

        Assert.Equal((3, 2 + 3 + 3), (context.Upstream.Usage.Requests, context.Upstream.Usage.Credits));
    }

    private static StubHandler Timeline(Func<int, string> page)
    {
        var pages = 0;
        return new(request => StubHandler.Json(request.RequestUri!.AbsolutePath == "/2/users" ? """{"data":[{"id":"1"}]}""" : page(pages++)));
    }

    private static string Page(int start, int count, bool next)
    {
        var posts = string.Join(',', Enumerable.Range(start, count).Select(id => $$"""{"id":"{{id}}","created_at":"2026-01-01T00:00:00Z"}"""));
        return $$$"""{"data":[{{{posts}}}],"meta":{"result_count":{{{count}}}{{{(next ? $",\"next_token\":\"t{(start / 100) + 1}\"" : "")}}}}}""";
    }

    private static string? Parameter(string request, string name) =>
        request[(request.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=')).FirstOrDefault(pair => pair[0] == name)?[1];

    private static async Task<BatchResults> EnrichAsync(string users, params string[] ids)
    {
        var results = new BatchResults(ids.Length);
        await XFixture.Plugin(XFixture.Upstream(users), s_profileOnly).EnrichBatchAsync([.. ids.Select(XFixture.ById)], results, default);
        return results;
    }

    private static IEnumerable<EnrichmentResultKind> Kinds(BatchResults results) => Enumerable.Range(0, results.Count).Select(i => results.GetResult(i).Kind);
}
