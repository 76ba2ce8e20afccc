using System.Text.Json;
using FastEnrich.Testing.Tests.Conformance;

namespace FastEnrich.Testing.Tests.Suites;

public sealed class TestSuiteTests : IAsyncLifetime
{
    private const string RealKey = "FASTENRICH_KIT_REAL_API_KEY";

    private readonly PluginTester _tester = Create();

    public async ValueTask InitializeAsync() => await _tester.SetupMockServerAsync(KitUpstream.Script);

    public ValueTask DisposeAsync() => _tester.DisposeAsync();

    [Fact]
    public async Task RunTestSuiteAsync_ExpectationsThatHold_Pass()
    {
        var report = await RunAsync(
            new TestCase { Name = "known", Request = KitUpstream.Users[0], Expected = new UserEnrichment { Demographics = new Demographics { Age = 21 } }, ExpectedIdentities = new Dictionary<string, string> { ["email"] = "kit-user-0001@example.org" }, Predicate = static result => result.Validator is not null },
            new TestCase { Name = "unknown", Request = new("nobody"), ExpectedKind = EnrichmentResultKind.NotFound },
            new TestCase { Name = "limited", Request = KitUpstream.Users[0], Upstream = static _ => MockResponse.Empty(429), ExpectedError = PluginErrorCode.RateLimitError });

        report.ThrowIfFailed();
        Assert.Equal(["known", "unknown", "limited"], report.Results.Select(static result => result.Id));
    }

    [Fact]
    public async Task RunTestSuiteAsync_OtherMember_FailsAndNamesIt()
    {
        var report = await RunAsync(new TestCase { Name = "age", Request = KitUpstream.Users[0], Expected = new UserEnrichment { Demographics = new Demographics { Age = 22 }, Interests = ["chess"], Confidence = 0.5 } });

        Assert.Equal(["demographics.age: expected 22, found 21", "interests: expected [\"chess\"], found nothing", "confidence: expected 0.5, found 0.9"], report["age"].Details.Order().Reverse().OrderBy(static detail => "dic".IndexOf(detail[0], StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunTestSuiteAsync_WrongOutcomes_Fail()
    {
        var report = await RunAsync(
            new TestCase { Name = "failure", Request = KitUpstream.Users[0], Upstream = static _ => MockResponse.Empty(500) },
            new TestCase { Name = "code", Request = KitUpstream.Users[0], Upstream = static _ => MockResponse.Empty(500), ExpectedError = PluginErrorCode.AuthError },
            new TestCase { Name = "no failure", Request = KitUpstream.Users[0], ExpectedError = PluginErrorCode.AuthError },
            new TestCase { Name = "kind", Request = KitUpstream.Users[0], ExpectedKind = EnrichmentResultKind.NotFound },
            new TestCase { Name = "identity", Request = KitUpstream.Users[0], ExpectedIdentities = new Dictionary<string, string> { ["email"] = "other" } },
            new TestCase { Name = "predicate", Request = KitUpstream.Users[0], Predicate = static _ => false },
            new TestCase { Name = "throwing predicate", Request = KitUpstream.Users[0], Predicate = static _ => throw new FormatException("author's") });

        Assert.All(report.Results, static result => Assert.Equal(TestVerdict.Failed, result.Verdict));
        Assert.Contains("ConnectionError", Assert.Single(report["code"].Details), StringComparison.Ordinal);
        Assert.Contains("FormatException", Assert.Single(report["throwing predicate"].Details), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunTestSuiteAsync_UnmatchedRequest_StandsInTheReport()
    {
        await _tester.SetupMockServerAsync();

        var report = await RunAsync(new TestCase { Name = "known", Request = KitUpstream.Users[0], ExpectedError = PluginErrorCode.ConnectionError });

        Assert.Equal("GET /v1/users/kit-user-0001", Assert.Single(report.UnmatchedRequests));
        Assert.Contains("no route for", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunTestSuiteAsync_PerformanceWithinLimits_PassesEachLimit()
    {
        var report = await _tester.RunTestSuiteAsync(Performance(new PerformanceTest { Name = "load", ConcurrentUsers = 4, Duration = TimeSpan.FromMilliseconds(50), MaxLatency = TimeSpan.FromMinutes(5), MaxMemory = 1L << 40, MinThroughput = 0.0001 }));

        report.ThrowIfFailed();
        Assert.Equal(["load/errors", "load/latency", "load/memory", "load/throughput"], report.Results.Select(static result => result.Id));
    }

    [Fact]
    public async Task RunTestSuiteAsync_PerformanceBeyondLimits_FailsEachLimit()
    {
        using var failing = _tester.Server.Intercept(static request => request.Segments[^1].EndsWith('2') ? MockResponse.Empty(500) : null);

        var report = await _tester.RunTestSuiteAsync(Performance(new PerformanceTest { Name = "load", ConcurrentUsers = 4, Duration = TimeSpan.FromMilliseconds(50), MaxLatency = TimeSpan.FromTicks(1), MaxMemory = -(1L << 40), MinThroughput = 1e12 }));

        Assert.Equal(["load/errors", "load/latency", "load/memory", "load/throughput"], report.Failures.Select(static result => result.Id));
    }

    [Fact]
    public async Task RunTestSuiteAsync_IntegrationThatHolds_PassesEachPart()
    {
        var report = await _tester.RunTestSuiteAsync(Integration(new IntegrationTest
        {
            Name = "kit",
            Configurations =
            [
                new ConfigurationCase { Name = "as it is", Changes = new Dictionary<string, string?>() },
                new ConfigurationCase { Name = "no key", Changes = new Dictionary<string, string?> { ["api_key"] = null }, RefusedBecauseOf = "api_key" },
                new ConfigurationCase { Name = "no address", Changes = new Dictionary<string, string?> { ["api_url"] = "ftp://x" }, RefusedBecauseOf = "api_url" },
            ],
            Errors = new Dictionary<int, PluginErrorCode> { [401] = PluginErrorCode.AuthError, [404] = PluginErrorCode.NotFound, [503] = PluginErrorCode.ConnectionError },
            CheckHealth = true,
            RealApi = new RealApiTest { EnvironmentVariable = "FASTENRICH_KIT_NOT_SET", Configuration = static _ => new Dictionary<string, string>(), Request = KitUpstream.Users[0] },
        }));

        report.ThrowIfFailed();
        Assert.Equal(["kit/config as it is", "kit/config no key", "kit/config no address", "kit/error 401", "kit/error 404", "kit/error 503", "kit/health", "kit/real API"], report.Results.Select(static result => result.Id));
        Assert.Equal((TestVerdict.Skipped, "FASTENRICH_KIT_NOT_SET is not set"), (report["kit/real API"].Verdict, report["kit/real API"].Details[0]));
    }

    [Fact]
    public async Task RunTestSuiteAsync_IntegrationThatDoesNotHold_FailsEachPart()
    {
        await using var tester = Create("health-honest");
        await tester.SetupMockServerAsync(KitUpstream.Script);
        Environment.SetEnvironmentVariable(RealKey, "wrong-key");

        var report = await tester.RunTestSuiteAsync(Integration(new IntegrationTest
        {
            Name = "kit",
            Configurations =
            [
                new ConfigurationCase { Name = "taken", Changes = new Dictionary<string, string?> { ["api_key"] = null } },
                new ConfigurationCase { Name = "refused", Changes = new Dictionary<string, string?>(), RefusedBecauseOf = "api_key" },
                new ConfigurationCase { Name = "other key", Changes = new Dictionary<string, string?> { ["api_url"] = "ftp://x" }, RefusedBecauseOf = "timeout" },
            ],
            Errors = new Dictionary<int, PluginErrorCode> { [401] = PluginErrorCode.ConnectionError },
            CheckHealth = true,
            RealApi = new RealApiTest { EnvironmentVariable = RealKey, Configuration = key => new Dictionary<string, string> { ["api_url"] = tester.GetMockServerUrl(), ["api_key"] = key }, Request = KitUpstream.Users[0] },
        }));

        Assert.All(report.Results, static result => Assert.Equal(TestVerdict.Failed, result.Verdict));
        Assert.Equal(6, report.Results.Count);
    }

    [Fact]
    public async Task BenchmarkPluginAsync_CallsThatFail_AreCountedApart()
    {
        using var failing = _tester.Server.Intercept(static request => request.Segments[^1].EndsWith('2') ? MockResponse.Empty(500) : null);

        var result = await _tester.BenchmarkPluginAsync(new BenchmarkOptions { Iterations = 30, WarmUp = 6, Concurrency = 3 });

        Assert.Equal((30, 10), (result.Calls, result.Failures["ConnectionError"]));
        Assert.Equal(2 / 3.0, result.SuccessRate, 6);
        Assert.Equal(36, _tester.Server.Requests.Count);
        Assert.True(result.Min <= result.P50 && result.P50 <= result.P95 && result.P95 <= result.P99 && result.P99 <= result.Max && result.Average <= result.Max && result.Min > TimeSpan.Zero);
        Assert.True(result.Throughput > 0 && result.AllocatedBytesPerCall > 0);
        Assert.Contains("30 calls, 66.7", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Percentile_NearestRank_IsTheTimeThatSoManyKeptTo()
    {
        var load = new LoadResult([.. Enumerable.Range(1, 100).Select(static i => (long)i)], new Dictionary<string, int>(), TimeSpan.FromSeconds(2), 0);

        Assert.Equal([1, 50, 95, 99, 100], new[] { 0, 0.5, 0.95, 0.99, 1 }.Select(share => load.Percentile(share).Ticks));
        Assert.Equal(50, load.Throughput);
    }

    [Fact]
    public async Task ToJson_Report_HoldsEachResult()
    {
        var report = await RunAsync(new TestCase { Name = "kind", Request = KitUpstream.Users[0], ExpectedKind = EnrichmentResultKind.NotFound });

        using var json = JsonDocument.Parse(report.ToJson());

        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        var result = Assert.Single(json.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal(("kind", "failed", "expected a result of NotFound, found a result of Found"), (result.GetProperty("id").GetString(), result.GetProperty("verdict").GetString(), result.GetProperty("details")[0].GetString()));
    }

    private static PluginTester Create(string flaw = "") => PluginTester.FromCatalog(new FastEnrichOptions().AddAllPlugins(), "kit", new PluginTesterOptions
    {
        Configuration = url => new Dictionary<string, string> { ["api_url"] = url, ["api_key"] = KitUpstream.Key, ["flaw"] = flaw },
        Users = KitUpstream.Users,
    });

    private static TestSuite Performance(PerformanceTest test) => new() { Name = "Performance", Performance = [test] };

    private static TestSuite Integration(IntegrationTest test) => new() { Name = "Integration", Integration = [test] };

    private Task<TestReport> RunAsync(params TestCase[] cases) => _tester.RunTestSuiteAsync(new TestSuite { Name = "Cases", Cases = cases });
}
