#if (batch)
using System.Text.Json;

#endif
namespace TplNamespace.Tests;

public sealed class TplClassPluginTests : IAsyncLifetime
{
    private readonly PluginTester _tester = PluginTester.FromCatalog(new FastEnrichOptions().AddAllPlugins(), "tpl-name", new PluginTesterOptions
    {
        Configuration = url => new Dictionary<string, string> { ["api_url"] = url, ["api_key"] = "a-key-for-tests" },
        Users = [new("user-1"), new("user-2")],
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _tester.SetupMockServerAsync(server =>
    {
        server.Map("GET", "/accounts/user-1").WithHeader("Authorization").Respond(MockResponse.Json("""{"city":"Bonn","interests":["chess"]}"""));
        server.Map("GET", "/accounts/user-2").WithHeader("Authorization").Respond(MockResponse.Json("""{"city":"Porto","interests":["rowing"]}"""));
        server.Map("GET", "/accounts/{id}").Respond(MockResponse.Json("""{"code":"unknown_account"}""", 404));
#if (batch)
        server.Map("POST", "/accounts").WithHeader("Authorization").Respond(Batch);
#endif
    });

    public ValueTask DisposeAsync() => _tester.DisposeAsync();

    [Fact]
    public async Task Plugin_AnyUpstream_ConformsToTheContract() => (await ConformanceSuite.RunAsync(_tester, cancellationToken: Token)).ThrowIfFailed();

    [Fact]
    public async Task EnrichAsync_EachAnswer_IsTheResultOrCodeThatItStandsFor()
    {
        var report = await _tester.RunTestSuiteAsync(new TestSuite
        {
            Name = "tpl-name",
            Cases =
            [
                new TestCase
                {
                    Name = "a user",
                    Request = new("user-1"),
                    Expected = new UserEnrichment { Demographics = new Demographics { City = "Bonn" }, Interests = ["chess"] },
                },
                new TestCase { Name = "a stranger", Request = new("stranger"), ExpectedError = PluginErrorCode.NotFound },
                new TestCase
                {
                    Name = "too many calls",
                    Request = new("user-1"),
                    Upstream = _ => MockResponse.Empty(429, TimeSpan.FromSeconds(7)),
                    ExpectedError = PluginErrorCode.RateLimitError,
                },
                new TestCase
                {
                    Name = "no quota left",
                    Request = new("user-1"),
                    Upstream = _ => MockResponse.Json("""{"code":"quota_exceeded"}""", 429),
                    ExpectedError = PluginErrorCode.QuotaExceeded,
                },
            ],
            Integration =
            [
                new IntegrationTest
                {
                    Name = "surroundings",
                    Configurations =
                    [
                        new ConfigurationCase { Name = "without a key", Changes = new Dictionary<string, string?> { ["api_key"] = null }, RefusedBecauseOf = "api_key" },
                        new ConfigurationCase { Name = "more than sure", Changes = new Dictionary<string, string?> { ["confidence"] = "1.5" }, RefusedBecauseOf = "confidence" },
                        new ConfigurationCase
                        {
                            Name = "a key in the open",
                            Changes = new Dictionary<string, string?> { ["api_url"] = "http://upstream.example" },
                            RefusedBecauseOf = "api_url",
                        },
                    ],
                    Errors = new Dictionary<int, PluginErrorCode> { [401] = PluginErrorCode.AuthError, [503] = PluginErrorCode.ConnectionError },
                    CheckHealth = true,
                },
            ],
        }, Token);

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task EnrichAsync_OneUser_SendsOneRequestWithTheKey()
    {
        await using var instance = await _tester.CreateAsync(Token);

        await instance.Plugin.EnrichAsync(new EnrichmentRequest("user-1"), Token);

        _tester.Server.Requests.AssertCalled("GET", "/accounts/{id}", times: 1);
        _tester.Server.AssertAllMatched();
    }
#if (batch)

    private static MockResponse Batch(MockRequest request)
    {
        using var question = JsonDocument.Parse(request.Body);
        var known = question.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetString() switch
        {
            "user-1" => """{"id":"user-1","city":"Bonn","interests":["chess"]}""",
            "user-2" => """{"id":"user-2","city":"Porto","interests":["rowing"]}""",
            _ => null,
        });
        return MockResponse.Json($$"""{"accounts":[{{string.Join(',', known.Where(account => account is not null))}}]}""");
    }
#endif
}
