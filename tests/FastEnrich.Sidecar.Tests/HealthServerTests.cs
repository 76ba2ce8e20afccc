using FastEnrich.Sidecar.Hosting;
using FastEnrich.Sidecar.Http;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Tests;

/// <summary>Health over HTTP: a real engine behind a real server.</summary>
public sealed class HealthServerTests : IAsyncLifetime
{
    private const string Json = "Content-Type: application/json\r\nContent-Length: 0\r\n";
    private const string ReadToken = "read-token-0123456789";
    private const string AdminToken = "admin-token-0123456789";

    private readonly HealthPlugin _good = new(static () => true);
    private readonly HealthPlugin _bad = new(static () => throw new PluginException("bad", "check", "planted <b>\u001b[2J", PluginErrorCode.AuthError));
    private EngineHost? _engine;
    private ServerFixture? _server;

    [Fact]
    public async Task GetHealth_SomePluginsWell_IsTheSummaryByItsWireNames()
    {
        var server = await StartAsync();
        await server.SendAsync("POST", "/v1/health/good/check", Json);
        await server.SendAsync("POST", "/v1/health/bad/check", Json);

        var response = await server.SendAsync("GET", "/v1/health");

        Assert.Equal((200, "application/json", "no-store", "nosniff"), (response.Status, response.Headers["Content-Type"], response.Headers["Cache-Control"], response.Headers["X-Content-Type-Options"]));
        var json = response.Json;
        Assert.Equal((2, 1, 1, false), (json.GetProperty("total_plugins").GetInt32(), json.GetProperty("healthy_plugins").GetInt32(), json.GetProperty("unhealthy_plugins").GetInt32(), json.GetProperty("overall_healthy").GetBoolean()));
        Assert.True(json.TryGetProperty("last_check", out _));
        Assert.Equal("healthy", json.GetProperty("plugin_details").GetProperty("good").GetProperty("state").GetString());
        Assert.Equal("unhealthy", json.GetProperty("plugin_details").GetProperty("bad").GetProperty("state").GetString());
    }

    [Fact]
    public async Task PostLogLevel_RealEngine_SetsThePluginsOwnLevel()
    {
        var server = await StartAsync();

        var set = await server.SendAsync("POST", "/v1/plugins/good/log-level", "Content-Type: application/json\r\n", body: """{"level":"debug"}""");

        Assert.Equal((200, LogLevel.Debug), (set.Status, _engine!.GetLogLevel("good")));
        Assert.Null(_engine.GetLogLevel("bad"));
        Assert.Throws<ArgumentException>(() => _engine.GetLogLevel("nobody"));
    }

    [Fact]
    public async Task GetHealth_OfOnePlugin_IsThatPlugin()
    {
        var server = await StartAsync();

        var response = await server.SendAsync("GET", "/v1/health/good");

        Assert.Equal((200, "good", "healthy"), (response.Status, response.Json.GetProperty("name").GetString(), response.Json.GetProperty("state").GetString()));
        Assert.Equal(0, _good.Checks);
    }

    [Theory]
    [InlineData("GET", "/v1/health/none", 404)]
    [InlineData("GET", "/v1/health/", 404)]
    [InlineData("GET", "/v1/health/%FF", 404)]
    [InlineData("GET", "/v1/health/good%2Fcheck", 404)]
    [InlineData("GET", "/v1/health/good/more", 404)]
    [InlineData("POST", "/v1/health/none/check", 404)]
    [InlineData("GET", "/v1/health?plugin=good", 400)]
    [InlineData("POST", "/v1/health", 405)]
    [InlineData("DELETE", "/v1/health/good", 405)]
    [InlineData("GET", "/v1/health/good/check", 405)]
    public async Task Health_WrongCalls_AreProblemsInOurOwnWords(string method, string target, int status)
    {
        var server = await StartAsync();

        var response = await server.SendAsync(method, target, method == "POST" ? Json : "");

        Assert.Equal((status, "application/problem+json"), (response.Status, response.Headers["Content-Type"]));
        Assert.DoesNotContain("none", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostCheck_Plugin_ChecksItOnceAndTellsWhatItSaid()
    {
        var server = await StartAsync();

        var response = await server.SendAsync("POST", "/v1/health/bad/check", Json);

        Assert.Equal((200, 1), (response.Status, _bad.Checks));
        Assert.Equal(("failed", "planted <b> [2J"), (response.Json.GetProperty("last_check_outcome").GetString(), response.Json.GetProperty("message").GetString()));
        Assert.DoesNotContain("planted", server.Log, StringComparison.Ordinal);
        Assert.DoesNotContain('<', response.Body);
    }

    [Fact]
    public async Task PostCheck_NoJson_IsRefusedUnasked()
    {
        var server = await StartAsync();

        Assert.Equal(415, (await server.SendAsync("POST", "/v1/health/good/check", "Content-Length: 0\r\n")).Status);
        Assert.Equal(0, _good.Checks);
    }

    [Theory]
    [InlineData("GET", "/v1/health", "", 401)]
    [InlineData("GET", "/v1/health", ReadToken, 200)]
    [InlineData("GET", "/v1/health", AdminToken, 403)]
    [InlineData("GET", "/v1/health/good", "", 401)]
    [InlineData("POST", "/v1/health/good/check", "", 401)]
    [InlineData("POST", "/v1/health/good/check", ReadToken, 403)]
    [InlineData("POST", "/v1/health/good/check", AdminToken, 200)]
    public async Task Health_Tokens_ReadersSeeAndAdminsCheck(string method, string target, string token, int status)
    {
        var server = await StartAsync(static options => options with { Tokens = TokenTable.Parse($"read={ReadToken} admin={AdminToken}") });

        var response = await server.SendAsync(method, target, Json + (token.Length > 0 ? $"Authorization: Bearer {token}\r\n" : ""));

        Assert.Equal(status, response.Status);
    }

    [Fact]
    public async Task PostCheck_WithoutTokens_NeedsTheFlag()
    {
        var server = await StartAsync(static options => options);

        Assert.Equal(403, (await server.SendAsync("POST", "/v1/health/good/check", Json)).Status);
        Assert.Equal(200, (await server.SendAsync("GET", "/v1/health")).Status);
    }

    [Fact]
    public async Task Readyz_EveryPluginUnhealthy_IsReadyNevertheless()
    {
        var server = await StartAsync();
        await server.SendAsync("POST", "/v1/health/bad/check", Json);

        Assert.Equal((200, "{\"status\":\"ready\"}"), await Short("/readyz"));
        Assert.Equal((200, "{\"status\":\"live\"}"), await Short("/healthz"));

        async Task<(int Status, string Body)> Short(string target) => await server.SendAsync("GET", target) is var response ? (response.Status, response.Body) : default;
    }

    [Fact]
    public async Task GetHealth_NoEngineToAsk_IsNotFound()
    {
        await using var server = await ServerFixture.StartAsync();

        Assert.Equal(404, (await server.SendAsync("GET", "/v1/health")).Status);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    private async Task<ServerFixture> StartAsync(Func<ServeOptions, ServeOptions>? configure = null)
    {
        var options = new FastEnrichOptions();
        (options.Engine.Health.Interval, options.Engine.Health.Hysteresis) = (TimeSpan.FromHours(1), 1);
        Add("good", _good);
        Add("bad", _bad);
        _engine = EngineHost.Create(() => options);
        await _engine.StartAsync(CancellationToken.None);
        var connected = SpinWait.SpinUntil(() => _engine.Health!.GetHealthSummary().UnknownPlugins == 0, TimeSpan.FromSeconds(30));
        Assert.True(connected, "the plugins connect");
        return _server = await ServerFixture.StartAsync(configure: configure ?? (static options => options with { AllowUnauthenticatedAdmin = true }), engine: _engine);

        void Add(string name, HealthPlugin plugin)
        {
            options.AddPlugin(new PluginDescriptor { Metadata = new PluginMetadata { Name = name }, PluginType = typeof(HealthPlugin), Create = _ => plugin });
            options.Plugins[name] = new PluginSettings();
        }
    }
}
