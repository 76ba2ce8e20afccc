using CsCheck;

namespace FastEnrich.Upstream;

public sealed class UpstreamUrlTests
{
    [Theory]
    [InlineData("https://api.example.com", "https://api.example.com/users/42")]
    [InlineData("https://api.example.com/", "https://api.example.com/users/42")]
    [InlineData("http://127.0.0.1:8080/v3//", "http://127.0.0.1:8080/v3/users/42")]
    public void Append_Base_KeepsItsPath(string baseUrl, string expected) =>
        Assert.Equal(expected, new UpstreamUrl(baseUrl).Append("users", "42").ToUri().AbsoluteUri);

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://127.8.8.8", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://LOCALHOST", true)]
    [InlineData("http://api.example.com", false)]
    [InlineData("http://localhost.example.com", false)]
    [InlineData("http://127.0.0.1.example.com", false)]
    [InlineData("http://10.0.0.1", false)]
    public void ThrowIfInsecure_PlainHttpToAnotherMachine_IsRefusedUnlessAllowed(string baseUrl, bool secure)
    {
        var url = new UpstreamUrl(baseUrl).Append("users").Query("a", "b");

        url.ThrowIfInsecure(allowHttp: true);

        Assert.Equal(secure, Record.Exception(() => url.ThrowIfInsecure(allowHttp: false)) is null);
        Assert.Equal(secure, url.IsSecure);
    }

    [Theory]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("%2F", "%252F")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("..\\x", "..%5Cx")]
    [InlineData("...", "...")]
    [InlineData("a\0\n\"'?#", "a%00%0A%22%27%3F%23")]
    [InlineData("\U0001F600", "%F0%9F%98%80")]
    public void Append_OddSegment_StaysOneSegment(string segment, string escaped)
    {
        var uri = new UpstreamUrl("https://h.test").Append("users", segment, "end").ToUri();

        Assert.Equal($"/users/{escaped}/end", uri.PathAndQuery);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("secret, then a lone surrogate: ")]
    public void Append_ImpossibleSegment_IsRefusedWithoutQuotingIt(string segment)
    {
        var url = new UpstreamUrl("https://h.test");
        segment = segment.Replace(": ", ":\uD800"); // attributes cannot carry one

        var refused = Assert.Throws<ArgumentException>(() => url.Append("users", segment));

        Assert.DoesNotContain("secret", refused.Message);
        Assert.False(UpstreamUrl.IsSegment(segment));
    }

    [Fact]
    public void Query_Values_AreEscapedAndJoined()
    {
        var uri = new UpstreamUrl("https://h.test/x").Query("a&b", "1=2&c").Query("d", "").ToUri();

        Assert.Equal("/x?a%26b=1%3D2%26c&d=", uri.PathAndQuery);
    }

    [Fact]
    public void Append_AfterQuery_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new UpstreamUrl("https://h.test").Query("a", "b").Append("c"));

    [Theory]
    [InlineData("")]
    [InlineData("api.example.com")]
    [InlineData("/v3")]
    [InlineData("ftp://h.test")]
    [InlineData("https://user:secret@h.test")]
    [InlineData("https://h.test/?key=secret")]
    [InlineData("https://h.test/#secret")]
    public void Constructor_UnusableBase_IsRefusedWithoutQuotingIt(string baseUrl) =>
        Assert.DoesNotContain("secret", Assert.Throws<ArgumentException>(() => new UpstreamUrl(baseUrl)).Message);

    [Fact]
    public void ToString_Always_PrintsTheHostAlone() =>
        Assert.Equal("h.test:8080", new UpstreamUrl("https://h.test:8080/base").Append("user-1").Query("q", "v").ToString());

    [Fact]
    public void Append_AnySegment_ComesBackByDecodingOnce() =>
        Gen.String[1, 50].Where(UpstreamUrl.IsSegment).Sample(segment =>
        {
            var path = new UpstreamUrl("https://h.test").Append("u", segment).ToUri().PathAndQuery;
            return path.Split('/') is ["", "u", var last] && Uri.UnescapeDataString(last) == segment;
        });
}
