using System.Security.Cryptography;
using System.Text;
using FastEnrich.Plugins.Social.Facebook;
using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

/// <summary>What is sent, and where tokens travel.</summary>
public sealed class FacebookRequestTests
{
    private const string User1 = """{"id":"1"}""";

    [Fact]
    public async Task EnrichAsync_Single_CarriesTheTokenInItsHeaderAndTheProofInItsAddress()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User1));

        await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { AppSecret = "secret" }).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.StartsWith("GET https://graph.test/v25.0/1?fields=id%2C", upstream.Requests[0], StringComparison.Ordinal);
        Assert.EndsWith($"&appsecret_proof={Proof("token-1")}", upstream.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", upstream.Requests[0], StringComparison.Ordinal);
        Assert.Equal("Bearer token-1", upstream.Authorizations[0]);
    }

    [Fact]
    public async Task EnrichBatchAsync_Form_GivesEachCallItsOwnTokenAndProof()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Items((200, User1), (200, """{"id":"2"}"""))));

        await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { AppSecret = "secret" }).EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default);

        Assert.Equal("POST https://graph.test/v25.0/", Assert.Single(upstream.Requests));
        Assert.All(FacebookFixture.Calls(upstream.Bodies[0]).Index(), call => Assert.EndsWith($"&access_token=token-{call.Index + 1}&appsecret_proof={Proof($"token-{call.Index + 1}")}", call.Item, StringComparison.Ordinal));
        Assert.Equal(("token-1", Proof("token-1"), "true"), (FacebookFixture.Field(upstream.Bodies[0], "access_token"), FacebookFixture.Field(upstream.Bodies[0], "appsecret_proof"), FacebookFixture.Field(upstream.Bodies[0], "include_headers")));
    }

    [Fact]
    public async Task EnrichBatchAsync_AppIdAndSecret_StandForTheBatch()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(FacebookFixture.Items((200, User1), (200, """{"id":"2"}"""))));

        await FacebookFixture.Plugin(upstream, FacebookFixture.Stub with { AppId = "77", AppSecret = "secret" }).EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default);

        Assert.Equal("77|secret", FacebookFixture.Field(upstream.Bodies[0], "access_token"));
    }

    [Fact]
    public async Task EnrichAsync_WithoutSecret_SendsNoProof()
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User1));

        await FacebookFixture.Plugin(upstream).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.DoesNotContain("appsecret_proof", upstream.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://graph.test", "", "GET https://graph.test/1?")]
    [InlineData("https://proxy.test/facebook/", "v26.0", "GET https://proxy.test/facebook/v26.0/1?")]
    public async Task EnrichAsync_ApiUrlAndVersion_ArePartOfTheAddress(string apiUrl, string version, string start)
    {
        var upstream = new StubHandler(_ => StubHandler.Json(User1));

        await FacebookFixture.Plugin(upstream, new FacebookOptions { ApiUrl = apiUrl, Version = version }).EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.StartsWith(start, upstream.Requests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new FacebookCapability[0], null)]
    [InlineData(new[] { FacebookCapability.Likes }, "likes.limit(100){name,category}")]
    [InlineData(new[] { FacebookCapability.Friends }, "friends.limit(0).summary(total_count)")]
    [InlineData(new[] { FacebookCapability.Posts }, "posts.limit(25){created_time,shares,reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count)}")]
    [InlineData(new[] { FacebookCapability.Work, FacebookCapability.Work }, "work{employer{name},position{name}}")]
    public void User_Capability_AddsItsField(FacebookCapability[] capabilities, string? field)
    {
        var without = new FacebookFields(FacebookFixture.Stub with { Capabilities = [] }).User;

        Assert.Equal(field is null ? without : $"{without},{field}", new FacebookFields(FacebookFixture.Stub with { Capabilities = capabilities }).User);
    }

    [Fact]
    public void User_ContextualFields_AreAskedForOnce()
    {
        var fields = new FacebookFields(FacebookFixture.Stub with { ContextualFields = new Dictionary<string, string> { ["a"] = "about", ["b"] = "about", ["c"] = "gender" } }).User;

        Assert.EndsWith("}},about", fields.Replace("comments.limit(0).summary(total_count)}", "}}", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnrichAsync_ValidatorOfAnotherDay_IsNotSent()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 23, 0, 0, TimeSpan.Zero));
        var upstream = new StubHandler(_ => StubHandler.Json(User1, 200, ("ETag", "\"abc\"")));
        var plugin = FacebookFixture.Plugin(upstream, timeProvider: time);
        var first = await plugin.EnrichAsync(new EnrichmentRequest("1"), default);
        var request = new EnrichmentRequest("1", new Dictionary<string, string>(), new PreviousResult(() => first.Enrichment!, first.Validator, default), TimeSpan.FromMinutes(1));

        await plugin.EnrichAsync(request, default);
        time.Advance(TimeSpan.FromHours(2));
        await plugin.EnrichAsync(request, default);

        Assert.Equal([null, "\"abc\"", null], upstream.Validators);
    }

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("W/\"abc\"", true)]
    [InlineData("abc", false)]
    [InlineData("\"a\\r\\nX-Evil: 1\"", false)]
    [InlineData("\"a b\"", false)]
    public async Task EnrichBatchAsync_ETagOfAnItem_IsKeptOnlyWhenItCanBeSent(string tag, bool kept)
    {
        var item = $$"""{"code":200,"headers":[{"name":"Etag","value":"{{tag.Replace("\"", "\\\"", StringComparison.Ordinal)}}"}],"body":"{\"id\":\"1\"}"}""";
        var upstream = new StubHandler(_ => StubHandler.Json($"[{item},null]"));
        var results = new BatchResults(2);

        await FacebookFixture.Plugin(upstream).EnrichBatchAsync([new("1"), new("2")], results, default);

        Assert.Equal(kept ? tag : null, results.GetResult(0).Validator?[9..]);
    }

    [Fact]
    public async Task EnrichAsync_NotModifiedThatNobodyAskedFor_IsAnInvalidResponse()
    {
        var plugin = FacebookFixture.Plugin(new StubHandler(_ => StubHandler.Json("", 304)));

        var failure = await Assert.ThrowsAsync<PluginException>(async () => await plugin.EnrichAsync(new EnrichmentRequest("1"), default));

        Assert.Equal(PluginErrorCode.InvalidResponse, failure.Code);
    }

    [Fact]
    public async Task EnrichBatchAsync_Usage_CountsEachCall()
    {
        var context = FacebookFixture.Context(new StubHandler(_ => StubHandler.Json(FacebookFixture.Items((200, User1), (200, """{"id":"2"}""")))));
        var plugin = new FacebookPlugin(FacebookFixture.Stub, context, new FakeTokenSource(_ => new AccessToken("t")));

        await plugin.EnrichBatchAsync([new("1"), new("2")], new BatchResults(2), default);

        Assert.Equal((1, 2), (context.Upstream.Usage.Requests, context.Upstream.Usage.Credits));
    }

    private static string Proof(string token) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("secret"), Encoding.UTF8.GetBytes(token)));
}
