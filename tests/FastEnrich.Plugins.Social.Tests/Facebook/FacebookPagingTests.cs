using FastEnrich.Plugins.Social.Facebook;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>Further pages: their cursor is taken, their address never called.</summary>
public sealed class FacebookPagingTests
{
    private const string Secret = "EAASECRET";

    [Theory]
    [InlineData("""{"cursors":{"after":"QmFy"},"next":"https://graph.facebook.com/v25.0/1/likes?access_token=EAASECRET&limit=100&after=QmFy"}""", "after=QmFy")]
    [InlineData("""{"next":"https://evil.test/v25.0/1/likes?access_token=EAASECRET&after=a%26b&fields=all"}""", "after=a%26b")]
    [InlineData("""{"next":"https://graph.facebook.com/v2.3/1/posts?limit=25&until=1326840000&__paging_token=enc_A&access_token=EAASECRET"}""", "until=1326840000&__paging_token=enc_A")]
    [InlineData("""{"next":"https://graph.facebook.com/v1.0/1/friends?limit=5000&offset=5000&__after_id=gdehje"}""", "offset=5000&__after_id=gdehje")]
    public async Task EnrichAsync_NextPage_IsAskedForByItsCursorAlone(string paging, string cursor)
    {
        var upstream = new StubHandler(request => StubHandler.Json(IsPage(request) ? """{"data":[{"name":"b"}]}""" : User(paging)));

        var result = await Plugin(upstream, 200).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal($"GET https://graph.test/v25.0/1/likes?fields=name%2Ccategory&limit=100&{cursor}", upstream.Requests[1]);
        Assert.Equal("Bearer token-1", upstream.Authorizations[1]);
        Assert.Equal(["a", "b"], result.Enrichment!.Interests);
    }

    [Theory]
    [InlineData("""{"cursors":{"after":"QmFy"}}""")]
    [InlineData("""{"cursors":{"after":"QmFy"},"next":null}""")]
    [InlineData("""{"next":"https://graph.facebook.com/1/likes?access_token=EAASECRET"}""")]
    [InlineData("""{"next":"https://graph.facebook.com/1/likes?after="}""")]
    [InlineData("""{"next":"after=.."}""")]
    [InlineData("""{"next":{"after":"x"}}""")]
    [InlineData("[]")]
    public async Task EnrichAsync_NoCursor_IsTheEnd(string paging)
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User(paging)));

        await Plugin(upstream, 200).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_EnoughRead_IsTheEnd()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User("""{"next":"https://g.test/?after=x"}""")));

        await Plugin(upstream, 1).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task EnrichAsync_WhatFitsOnePage_IsOneCall()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User("""{"next":"https://g.test/?after=x"}""")));

        await Plugin(upstream, 100).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData("""{"data":[],"paging":{"next":"https://g.test/?after=x"}}""")]
    [InlineData("""{"data":[{"name":"again"}],"paging":{"next":"https://g.test/?after=x"}}""")]
    public async Task EnrichAsync_EndlessPages_AreGivenUp(string page)
    {
        var upstream = new StubHandler(request => StubHandler.Json(IsPage(request) ? page : User("""{"next":"https://g.test/?after=x"}""")));

        await Plugin(upstream, 500).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.InRange(upstream.Requests.Count, 5, 6);
    }

    [Fact]
    public async Task EnrichAsync_EmptyPageWithANextOne_IsPassedOver()
    {
        var pages = new Queue<string>(["""{"data":[],"paging":{"next":"https://g.test/?after=2"}}""", """{"data":[{"name":"b"}]}"""]);
        var upstream = new StubHandler(request => StubHandler.Json(IsPage(request) ? pages.Dequeue() : User("""{"next":"https://g.test/?after=1"}""")));

        var result = await Plugin(upstream, 200).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(["a", "b"], result.Enrichment!.Interests);
    }

    [Theory]
    [InlineData(403, """{"error":{"code":4}}""")]
    [InlineData(500, "<html>")]
    [InlineData(200, "[]")]
    public async Task EnrichAsync_FailingPage_EndsTheListAndKeepsTheUser(int status, string page)
    {
        var upstream = new StubHandler(request => IsPage(request) ? StubHandler.Json(page, status) : StubHandler.Json(User("""{"next":"https://g.test/?after=1"}"""), 200, ("ETag", "\"x\"")));

        var result = await Plugin(upstream, 200).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(["a"], result.Enrichment!.Interests);
        Assert.Null(result.Validator);
    }

    [Fact]
    public async Task EnrichAsync_AnyRequest_CarriesNoTokenInItsAddress()
    {
        var upstream = new StubHandler(request => StubHandler.Json(IsPage(request) ? """{"data":[]}""" : User($$"""{"next":"https://graph.facebook.com/?access_token={{Secret}}&after=1"}""")));

        await Plugin(upstream, 200).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(2, upstream.Requests.Count);
        Assert.All(upstream.Requests, request => Assert.DoesNotContain(["token-", "access_token", Secret, "graph.facebook.com"], request.Contains));
    }

    private static bool IsPage(HttpRequestMessage request) => request.RequestUri!.AbsolutePath.EndsWith("/likes", StringComparison.Ordinal);

    private static string User(string paging) => $$$"""{"id":"1","likes":{"data":[{"name":"a"}],"paging":{{{paging}}}}}""";

    private static FacebookPlugin Plugin(StubHandler upstream, int maxLikes) => FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { MaxLikes = maxLikes });
}
