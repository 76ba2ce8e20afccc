using System.Text.Json;
using FastEnrich.Testing;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>The plugin against the rules that every plugin must hold to, before a script of an upstream with single reads, batches and ETags.</summary>
public sealed class HttpConformanceTests
{
    private const string Key = "http-secret-0815";

    private static readonly EnrichmentRequest[] s_users = [new("http-user-0001"), new("http-user-0002"), new("http-user-0003")];

    [Fact]
    public async Task ConformanceSuite_IdInThePath_Passes()
    {
        await using var tester = Tester(url => Configuration(url, $"{url}/users/{{user_id}}"));
        await tester.SetupMockServerAsync(Script);

        var report = await ConformanceSuite.RunAsync(tester);

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task ConformanceSuite_IdInTheQuery_Passes()
    {
        await using var tester = Tester(url => Configuration(url, $"{url}/users?id={{user_id}}"));
        await tester.SetupMockServerAsync(Script);

        var report = await ConformanceSuite.RunAsync(tester);

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task ConformanceSuite_IdInABodyOfJson_Passes()
    {
        await using var tester = Tester(url => new Dictionary<string, string>(Configuration(url, $"{url}/search")) { ["method"] = "post", ["body"] = """{"filter":{"id":"{user_id}"}}""" });
        await tester.SetupMockServerAsync(Script);

        var report = await ConformanceSuite.RunAsync(tester);

        report.ThrowIfFailed();
    }

    private static PluginTester Tester(Func<string, IReadOnlyDictionary<string, string>> configuration) =>
        new(HttpFixture.Descriptor, new PluginTesterOptions { Configuration = configuration, Users = s_users, Secrets = [Key] });

    private static Dictionary<string, string> Configuration(string url, string address) => new()
    {
        ["url"] = address,
        ["health_url"] = $"{url}/health",
        ["authentication:kind"] = "bearer",
        ["authentication:token"] = Key,
        ["fields:demographics:city"] = "$.city",
        ["fields:demographics:age"] = "$.age",
        ["fields:identities:email"] = "$.email",
        ["batch:url"] = $"{url}/batch?ids={{keys}}",
        ["batch:results"] = "$.users[*]",
        ["batch:key"] = "$.id",
        ["use_etag"] = "true",
    };

    private static void Script(MockServer server)
    {
        server.Map("GET", "/health").Respond(MockResponse.Json("{}"));
        server.Map("GET", "/users/{id}").WithHeader("Authorization", $"Bearer {Key}").Respond(static request => User(request, request.Values["id"]));
        server.Map("GET", "/users").WithQuery("id").Respond(static request => User(request, request.QueryValue("id")!));
        server.Map("GET", "/batch").WithQuery("ids").Respond(static request =>
            MockResponse.Json($$"""{"users":[{{string.Join(',', request.QueryValue("ids")!.Split(',').Select(Find).OfType<string>().Reverse())}}]}"""));
        server.Map("POST", "/search").Respond(static request =>
        {
            using var body = JsonDocument.Parse(request.BodyText);
            return User(request, body.RootElement.GetProperty("filter").GetProperty("id").GetString()!);
        });
    }

    private static MockResponse User(MockRequest request, string id)
    {
        var tag = $"\"tag-{id}\"";
        return Find(id) is not { } user ? MockResponse.Json("{}", 404) : request.Header("If-None-Match") == tag ? new MockResponse { Status = 304 } : MockResponse.Json(user).WithHeader("ETag", tag);
    }

    private static string? Find(string id) =>
        s_users.Any(user => user.UserId == id) ? $$"""{"id":"{{id}}","city":"City of {{id}}","age":{{20 + (id[^1] - '0')}},"email":"{{id}}@example.org"}""" : null;
}
