namespace FastEnrich.Testing.Tests.Example;

public sealed class PointsPluginTests : IAsyncLifetime
{
    private readonly PluginTester _tester = PluginTester.FromCatalog(new FastEnrichOptions().AddAllPlugins(), "points", new PluginTesterOptions
    {
        Configuration = url => new Dictionary<string, string> { ["api_url"] = url, ["api_key"] = "a-key-for-tests" },
        Users = [new("member-1"), new("member-2")],
    });

    public async ValueTask InitializeAsync() => await _tester.SetupMockServerAsync(server =>
    {
        server.Map("GET", "/members/member-1").WithHeader("Authorization").Respond(MockResponse.Json("""{"city":"Bonn","interests":["chess"]}"""));
        server.Map("GET", "/members/member-2").WithHeader("Authorization").Respond(MockResponse.Json("""{"city":"Porto","interests":["rowing"]}"""));
        server.Map("GET", "/members/{id}").Respond(MockResponse.Json("{}", 404));
    });

    public ValueTask DisposeAsync() => _tester.DisposeAsync();

    [Fact]
    public async Task Conformance() => (await ConformanceSuite.RunAsync(_tester)).ThrowIfFailed();

    [Fact]
    public async Task Suite()
    {
        var report = await _tester.RunTestSuiteAsync(new TestSuite
        {
            Name = "Points",
            Cases =
            [
                new TestCase { Name = "a member", Request = new("member-1"), Expected = new UserEnrichment { Interests = ["chess"] } },
                new TestCase { Name = "a stranger", Request = new("stranger"), ExpectedError = PluginErrorCode.NotFound },
                new TestCase { Name = "too many calls", Request = new("member-1"), Upstream = _ => MockResponse.Empty(429, TimeSpan.FromSeconds(7)), ExpectedError = PluginErrorCode.RateLimitError },
            ],
            Integration =
            [
                new IntegrationTest
                {
                    Name = "surroundings",
                    Configurations = [new ConfigurationCase { Name = "without a key", Changes = new Dictionary<string, string?> { ["api_key"] = null }, RefusedBecauseOf = "api_key" }],
                    Errors = new Dictionary<int, PluginErrorCode> { [401] = PluginErrorCode.AuthError, [503] = PluginErrorCode.ConnectionError },
                    CheckHealth = true,
                },
            ],
            Performance = [new PerformanceTest { Name = "ten at once", ConcurrentUsers = 10, Duration = TimeSpan.FromSeconds(1), MinThroughput = 1 }],
        });

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task EachMember_IsAskedForOnce()
    {
        await using var instance = await _tester.CreateAsync();

        await instance.Plugin.EnrichAsync(new EnrichmentRequest("member-1"), CancellationToken.None);

        _tester.Server.Requests.AssertCalled("GET", "/members/{id}", times: 1);
        _tester.Server.AssertAllMatched();
    }

    [Fact]
    public async Task Speed()
    {
        var result = await _tester.BenchmarkPluginAsync(new BenchmarkOptions { Iterations = 200, WarmUp = 20, Concurrency = 4 });

        Console.WriteLine(result);
        Assert.Equal(1, result.SuccessRate);
    }
}
