using Microsoft.Extensions.Time.Testing;

namespace FastEnrich.Plugins.Http.Tests;

public sealed class HttpOptionsTests
{
    [Fact]
    public void Bind_EverythingNested_IsRead()
    {
        var (options, errors) = HttpFixture.Bind(
            ("url", "https://upstream.test/{user_id}"), ("headers:X-Tenant", "a"), ("authentication:kind", "oauth"), ("authentication:token_url", "https://upstream.test/token"), ("authentication:client_id", "id"), ("authentication:client_secret", "s"),
            ("fields:demographics:age", "$.age"), ("fields:behavior_patterns:purchase_history:items", "$.orders[*]"), ("fields:behavior_patterns:purchase_history:amount", "$.sum"), ("fields:behavior_patterns:purchase_history:timestamp", "$.at"),
            ("fields:contextual_data:tier", "$['loyalty tier']"), ("batch:url", "https://upstream.test/?ids={keys}"), ("batch:key", "$.id"), ("not_found_statuses:0", "204"), ("ttl", "10m"));

        Assert.Empty(errors);
        Assert.Equal((HttpAuthenticationKind.OAuth, "$.age", "$['loyalty tier']", TimeSpan.FromMinutes(10)), (options!.Authentication!.Kind, options.Fields.Demographics!.Age, options.Fields.ContextualData["tier"], options.Ttl));
        Assert.Equal([204], options.NotFoundStatuses);
        Assert.Equal(50, options.Batch!.MaxSize);
        Assert.NotNull(HttpFixture.Plugin(options));
    }

    [Fact]
    public void Bind_Mistakes_AreReportedTogetherWithoutSecrets()
    {
        var (_, errors) = HttpFixture.Bind(
            ("url", "https://{user_id}.test/"), ("headers:X-Key", "hush\nX: y"), ("authentication:kind", "magic"), ("authentication:token", "hush hush"), ("fields:interests", "interests"), ("fields:demographics:age", "$..age"),
            ("fields:contextual_data:x", "$[?(@)]"), ("batch:url", "https://upstream.test/"), ("lookup_by", "phone"), ("confidence", "1.5"), ("max_body", "0"), ("unknown", "1"));

        Assert.Equal(12, errors.Count); // batch:key is missing, batch:url has only no placeholder
        Assert.DoesNotContain("hush", string.Join('\n', errors));
    }

    [Fact]
    public void Constructor_Mistakes_AreReportedTogetherWithoutSecrets()
    {
        var problems = HttpFixture.Problems(HttpFixture.Plain with
        {
            Url = "http://upstream.test/{who}",
            Body = "x",
            LookupBy = "phone",
            Result = "data",
            Headers = new Dictionary<string, string> { ["Host"] = "hush", ["X-A"] = "hush\r\nX-B: c", ["X-C"] = "{user_id}", ["Authorization"] = "hush" },
            Authentication = new HttpAuthentication { Kind = HttpAuthenticationKind.Basic, Username = "a:b" },
            Fields = new HttpFields { Interests = "x", Identities = new Dictionary<string, string> { ["phone"] = "$.phone" }, ContextualData = new Dictionary<string, string> { ["a"] = "b" } },
            Batch = new HttpBatchOptions { Url = "https://upstream.test/all", Key = "$.id" },
            HealthUrl = "https://upstream.test/{user_id}",
        });

        Assert.All(
            new[] { "url: the address must be https", "body: a GET", "lookup_by:", "result:", "headers: a name", "headers:X-A:", "headers:X-C:", "headers:Authorization:", "username", "fields:interests:", "identities:phone", "contextual_data:a:", "batch: {keys}", "health_url:" },
            part => Assert.Contains(part, problems, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", problems);
    }

    [Theory]
    [InlineData(HttpAuthenticationKind.Bearer, "token")]
    [InlineData(HttpAuthenticationKind.Basic, "username")]
    [InlineData(HttpAuthenticationKind.ApiKey, "key")]
    [InlineData(HttpAuthenticationKind.OAuth, "token_url")]
    public void Constructor_AuthenticationWithoutItsParts_IsSaidSo(HttpAuthenticationKind kind, string part) =>
        Assert.Contains($"authentication:{part}:", HttpFixture.Problems(HttpFixture.Plain with { Authentication = new HttpAuthentication { Kind = kind } }));

    [Fact]
    public void ToString_Secrets_AreNotPrinted()
    {
        var options = HttpFixture.Plain with
        {
            Headers = new Dictionary<string, string> { ["X-Key"] = "hush" },
            Authentication = new HttpAuthentication { Token = "hush", Password = "hush", Key = "hush", ClientSecret = "hush" },
        };

        Assert.DoesNotContain("hush", options.ToString());
    }

    [Fact]
    public void Identities_OfTheInstance_AreThoseOfItsOptions()
    {
        var plugin = HttpFixture.Plugin(HttpFixture.Plain with { Url = "https://upstream.test/{identity:x_id}", LookupBy = "email", Fields = new HttpFields { Identities = new Dictionary<string, string> { ["facebook_id"] = "$.fb" } } });

        Assert.Equal(["x_id", "email"], plugin.LookupIdentities);
        Assert.Equal(["facebook_id"], plugin.ProvidedIdentities);
        Assert.Subset(HttpFixture.Descriptor.Needs.Select(need => need.Name).ToHashSet(), plugin.LookupIdentities.ToHashSet());
    }

    [Theory]
    [InlineData("max-age=60", null, 60d)]
    [InlineData("private, max-age=60", "10", 50d)]
    [InlineData("max-age=60", "100", 0d)]
    [InlineData("no-store", null, 0d)]
    [InlineData("no-cache", null, 0d)]
    [InlineData("max-age=99999999", null, 2592000d)]
    [InlineData("public", null, 5d)]
    [InlineData("max-age=soon", null, 5d)]
    [InlineData(null, null, 5d)]
    public async Task Ttl_CacheControl_CountsWhereItSaysSomething(string? control, string? age, double seconds)
    {
        var headers = new (string Name, string? Value)[] { ("Cache-Control", control), ("Age", age) }.Where(header => header.Value is not null).Select(header => (header.Name, header.Value!)).ToArray();
        var plugin = HttpFixture.Plugin(HttpFixture.Plain with { Ttl = TimeSpan.FromSeconds(5), UseCacheControl = true }, new StubUpstream("""{"a":1}""", 200, headers), new FakeTimeProvider());

        var result = await plugin.EnrichAsync(new EnrichmentRequest("1"), default);

        Assert.Equal(seconds, result.Enrichment!.Ttl!.Value.TotalSeconds);
    }
}
