using System.Text.Json;
using CsCheck;
using FastEnrich.Plugins.Http.Templates;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>Whatever stands in an id, every character of it lands in its place, and nowhere else.</summary>
public sealed class TemplateTests
{
    private static readonly Gen<string> s_ids = Gen.OneOf(
        Gen.String[Gen.Char["/\\.%?#&=+ ;,:@\"'{}[]\r\n\t\0|ab019éß€"], 1, 40],
        Gen.String[1, 60].Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))])),
        Gen.Int[0x10000, 0x10FFFF].Select(char.ConvertFromUtf32),
        Gen.Const("..").Select(dots => dots + "/"), Gen.Const("{user_id}"), Gen.Const("%2e%2e"), Gen.Const("\",\"admin\":true,\"x\":\"")).Where(text => UserId.Validate(text) is null);

    [Fact]
    public void ToUri_AnyId_IsOneSegmentOfThePathOrRefused() => s_ids.Sample(
        id =>
        {
            var uri = Url("https://upstream.test:8443/v1/users/{user_id}/profile").ToUri(Values(id));

            if (uri is null)
            {
                Assert.True(DotSegments.Any(Uri.EscapeDataString(id)));
                return;
            }

            var segments = uri.OriginalString["https://upstream.test:8443/".Length..].Split('/');
            Assert.Equal(("https", "upstream.test", 8443, 4), (uri.Scheme, uri.Host, uri.Port, segments.Length));
            Assert.Equal(["v1", "users", id, "profile"], segments.Select(Uri.UnescapeDataString));
            Assert.DoesNotContain(uri.OriginalString, c => c is '?' or '#' or '\\' or ' ' || char.IsControl(c));
        },
        iter: 5000);

    [Fact]
    public void ToUri_AnyIds_AreEachOneValueOfTheQuery() => Gen.Select(s_ids, s_ids).Sample(
        (id, email) =>
        {
            var uri = Url("https://upstream.test/users?id={user_id}&mail=m-{identity:email}&fixed=1").ToUri(Values(id, email))!;

            var pairs = uri.OriginalString[(uri.OriginalString.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(pair => pair.Split('=')).ToList();
            Assert.All(pairs, pair => Assert.Equal(2, pair.Length));
            Assert.Equal([("id", id), ("mail", "m-" + email), ("fixed", "1")], pairs.Select(pair => (pair[0], Uri.UnescapeDataString(pair[1]))));
            Assert.DoesNotContain('#', uri.OriginalString);
        },
        iter: 3000);

    [Fact]
    public void ToBytes_AnyId_IsOneTextOfTheJson() => s_ids.Sample(
        id =>
        {
            List<string> errors = [];
            var template = JsonTemplate.Parse("""{"where":{"id":"u:{user_id}","n":1.50,"list":["{user_id}","{not a name}"]}}""", "body", false, errors);

            using var body = JsonDocument.Parse(template.ToBytes(Values(id)));

            Assert.Empty(errors);
            var where = body.RootElement.GetProperty("where");
            Assert.Equal(("u:" + id, "1.50", 3), (where.GetProperty("id").GetString(), where.GetProperty("n").GetRawText(), where.EnumerateObject().Count()));
            Assert.Equal([id, "{not a name}"], where.GetProperty("list").EnumerateArray().Select(item => item.GetString()));
        },
        iter: 3000);

    [Fact]
    public async Task ToContent_AnyId_IsOneValueOfTheForm() => await s_ids.SampleAsync(
        async id =>
        {
            List<string> errors = [];
            var template = BodyTemplate.Parse("grant=x&user={user_id}", HttpBodyFormat.Form, "body", false, ",", errors);

            var body = await template.ToContent(Values(id))!.ReadAsStringAsync();

            Assert.Equal([["grant", "x"], ["user", id]], body.Split('&').Select(pair => pair.Split('=').Select(Uri.UnescapeDataString).ToArray()));
        },
        iter: 2000);

    [Fact]
    public void ToBytes_Keys_AreAList() => s_ids.Array[0, 5].Sample(
        ids =>
        {
            var template = JsonTemplate.Parse("""{"ids":"{keys}"}""", "body", true, []);

            using var body = JsonDocument.Parse(template.ToBytes(new TemplateValues(ids)));

            Assert.Equal(ids, body.RootElement.GetProperty("ids").EnumerateArray().Select(item => item.GetString()));
        },
        iter: 2000);

    [Fact]
    public async Task Requests_HostileIdsOverTheWire_ArriveAsTheyAre()
    {
        await using var server = await EchoServer.StartAsync();
        var plugin = HttpFixture.Plugin(HttpFixture.Plain with { Url = server.BaseUrl + "/a/{user_id}/b?q={user_id}", Method = HttpVerb.Post, Body = """{"id":"{user_id}"}""" });
        foreach (var id in new[] { "a/b", "a?b=c&d#e", "%2F%252F", "a b+c", "\"}\n{\"x\":1", "é\U0001F600\r\nHost: evil", "{identity:email}", "'--", "a\\b", new string('%', 512) })
        {
            await plugin.EnrichAsync(new EnrichmentRequest(id), default);

            var escaped = Uri.EscapeDataString(id);
            Assert.Equal($"/a/{escaped}/b?q={escaped}", server.Target);
            Assert.Equal(id, JsonDocument.Parse(server.Body).RootElement.GetProperty("id").GetString());
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("../admin")]
    [InlineData("a/../../b")]
    [InlineData("..\\b")]
    [InlineData("%2e%2e")]
    [InlineData("%252e%252e%252fadmin")]
    [InlineData("%25252525252e")]
    public async Task EnrichAsync_IdThatClimbsOutOfItsSegment_IsNotSent(string id)
    {
        var upstream = new StubUpstream("{}");

        var result = await HttpFixture.Plugin(HttpFixture.Plain, upstream).EnrichAsync(new EnrichmentRequest(id), default);

        Assert.Equal(EnrichmentResultKind.NotFound, result.Kind);
        Assert.Empty(upstream.Requests);
    }

    [Theory]
    [InlineData("http://upstream.test/{user_id}", "https")]
    [InlineData("ftp://upstream.test/{user_id}", "http")]
    [InlineData("https://{user_id}.upstream.test/x", "base address")]
    [InlineData("https://upstream.test:{user_id}/x", "base address")]
    [InlineData("https://user:{user_id}@upstream.test/x", "base address")]
    [InlineData("https://upstream.test/{user}", "no placeholder")]
    [InlineData("https://upstream.test/{identity:phone}", "no placeholder")]
    [InlineData("https://upstream.test/{keys}", "no placeholder")]
    [InlineData("https://upstream.test/a/../{user_id}", "'..'")]
    [InlineData("https://upstream.test/%2e%2e/{user_id}", "'..'")]
    [InlineData("https://upstream.test/a b/{user_id}", "escaping")]
    [InlineData("https://upstream.test/%zz/{user_id}", "escaping")]
    [InlineData("https://upstream.test/{user_id}?{user_id}=1", "a name")]
    [InlineData("https://upstream.test/{user_id}?a=\"", "escaping")]
    [InlineData("https://upstream.test/{user_id}#x", "fragment")]
    [InlineData("https://upstream.test/everybody", "all users")]
    public void Constructor_UrlThatCannotWork_IsSaidSo(string url, string part) =>
        Assert.Contains(part, HttpFixture.Problems(HttpFixture.Plain with { Url = url }), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"id":{user_id}}""", HttpBodyFormat.Json, "not the JSON")]
    [InlineData("""{"{user_id}":1}""", HttpBodyFormat.Json, "in a name")]
    [InlineData("""{"id":"{secret}"}""", HttpBodyFormat.Json, "no placeholder")]
    [InlineData("{user_id}=1", HttpBodyFormat.Form, "a name")]
    [InlineData("a=b c", HttpBodyFormat.Form, "escaping")]
    public void Constructor_BodyThatCannotWork_IsSaidSo(string body, HttpBodyFormat format, string part) =>
        Assert.Contains(part, HttpFixture.Problems(HttpFixture.Plain with { Method = HttpVerb.Post, Body = body, BodyFormat = format }), StringComparison.Ordinal);

    private static UrlTemplate Url(string text)
    {
        List<string> errors = [];
        var template = UrlTemplate.Parse(text, "url", false, ",", false, errors)!;
        Assert.Empty(errors);
        return template;
    }

    private static TemplateValues Values(string id, string email = "a@example.org") => new(new EnrichmentRequest(id, new Dictionary<string, string> { ["email"] = email }));
}
