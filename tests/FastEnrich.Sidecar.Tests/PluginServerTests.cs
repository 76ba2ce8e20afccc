using System.Text.Json;
using FastEnrich.Registry;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Http;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Tests;

/// <summary>The calls about plugins, over real connections.</summary>
public sealed class PluginServerTests : IAsyncDisposable
{
    private const string Json = "Content-Type: application/json\r\n";
    private const string AdminToken = "admin-token-0123456789";
    private const string ReadToken = "read-token-0123456789";
    private const string Admin = Json + $"Authorization: Bearer {AdminToken}\r\n";

    private readonly PluginRegistry _registry = new();
    private readonly FakeEnricher _enricher;

    public PluginServerTests()
    {
        Register("alpha", "Ann", ["crm"], "1.0.0");
        Register("beta", "Bob", ["crm", "shop"], "2.0.0");
        Register("gamma", "Bob", [], "3.0.0");
        _registry.RecordUse("beta", 7);
        _registry.AddReview("beta", 4, "good", "Ann");
        _enricher = new FakeEnricher
        {
            Registry = _registry,
            Enable = (name, _) => ValueTask.FromResult(_registry.TryChange(name, RegistryChange.Enable)),
            Disable = name => ValueTask.FromResult(_registry.TryChange(name, RegistryChange.Disable)),
        };
        _enricher.LogLevels["beta"] = null;
    }

    [Theory]
    [InlineData("", "alpha beta gamma", 3)]
    [InlineData("?q=ET", "beta", 1)]
    [InlineData("?tag=crm&tag=shop", "beta", 1)]
    [InlineData("?author=bob&sort=-name", "gamma beta", 2)]
    [InlineData("?min_rating=3.5", "beta", 1)]
    [InlineData("?capability=points", "alpha beta gamma", 3)]
    [InlineData("?status=enabled", "", 0)]
    [InlineData("?sort=-usage&limit=1", "beta", 3)]
    [InlineData("?offset=2", "gamma", 3)]
    public async Task GetPlugins_Query_FindsAndPages(string query, string names, int total)
    {
        await using var server = await StartAsync();

        var response = await server.SendAsync("GET", "/v1/plugins" + query, $"Authorization: Bearer {ReadToken}\r\n");

        Assert.Equal(200, response.Status);
        Assert.Equal(total, response.Json.GetProperty("total").GetInt32());
        Assert.Equal(names, string.Join(' ', response.Json.GetProperty("plugins").EnumerateArray().Select(static plugin => plugin.GetProperty("name").GetString())));
    }

    [Theory]
    [InlineData("?planted=1", "the query parameters are q, tag, capability, author, min_rating, status, sort, limit and offset")]
    [InlineData("?q=", "a query parameter has 1 to 200 characters")]
    [InlineData("?q=a&q=b", "a query parameter is given twice")]
    [InlineData("?min_rating=6", "min_rating is a number from 1 to 5")]
    [InlineData("?min_rating=NaN", "min_rating is a number from 1 to 5")]
    [InlineData("?status=planted", "status is installed, enabled, disabled, error, updating or uninstalled")]
    [InlineData("?sort=planted", "sort is name, rating, usage or date, with - before it for descending")]
    [InlineData("?limit=0", "limit is a number from 1 to 1000")]
    [InlineData("?limit=1001", "limit is a number from 1 to 1000")]
    [InlineData("?offset=-1", "offset is a number, zero or more")]
    [InlineData("?q=%ff", "a part of the request target is not percent-encoded UTF-8")]
    public async Task GetPlugins_WrongQuery_IsAProblemInOurWords(string query, string detail) => await RefusesAsync("GET", "/v1/plugins" + query, "", "", 400, detail);

    [Fact]
    public async Task GetPlugins_SeventeenTags_AreRefused() =>
        await RefusesAsync("GET", "/v1/plugins?" + string.Join('&', Enumerable.Repeat("tag=a", 17)), "", "", 400, "tag and capability are given at most 16 times each");

    [Fact]
    public async Task GetPlugin_Known_ShowsManifestUsageAndReviews()
    {
        await using var server = await StartAsync();

        var json = (await server.SendAsync("GET", "/v1/plugins/beta", $"Authorization: Bearer {ReadToken}\r\n")).Json;

        Assert.Equal(("beta", "2.0.0", "installed", "code"), (Text(json, "name"), Text(json, "version"), Text(json, "state"), Text(json, "source")));
        Assert.Equal((7L, 4.0, 1), (json.GetProperty("total_usage").GetInt64(), json.GetProperty("average_rating").GetDouble(), json.GetProperty("review_count").GetInt32()));
        Assert.Equal("good", Text(json.GetProperty("reviews")[0], "comment"));
    }

    [Theory]
    [InlineData("GET", "/v1/plugins/nobody", "", 404, "no plugin of that name is known")]
    [InlineData("GET", "/v1/plugins/..%2f..%2fetc", "", 404, "no plugin of that name is known")]
    [InlineData("GET", "/v1/plugins/%ff", "", 404, "no plugin of that name is known")]
    [InlineData("GET", "/v1/plugins/", "", 404, "no plugin of that name is known")]
    [InlineData("GET", "/v1/plugins/beta?x=1", "", 400, "this path has no query parameters")]
    [InlineData("GET", "/v1/plugins/beta/planted", "", 404, "there is nothing at this path")]
    [InlineData("POST", "/v1/plugins", "{}", 405, "this path does not have that method")]
    [InlineData("DELETE", "/v1/plugins/beta", "", 405, "this path does not have that method")]
    [InlineData("GET", "/v1/plugins/beta/enable", "", 405, "this path does not have that method")]
    [InlineData("POST", "/v1/plugins/nobody/enable", "{}", 404, "no plugin of that name is known")]
    [InlineData("POST", "/v1/plugins/nobody/disable", "{}", 404, "no plugin of that name is known")]
    [InlineData("POST", "/v1/plugins/nobody/reviews", "{\"rating\":5}", 404, "no plugin of that name is known")]
    [InlineData("POST", "/v1/plugins/nobody/log-level", "{\"level\":\"debug\"}", 404, "no plugin of that name is known")]
    [InlineData("PUT", "/v1/plugins/beta/log-level", "{\"level\":\"debug\"}", 405, "this path does not have that method")]
    [InlineData("GET", "/v1/plugins/beta/log-level?x=1", "", 400, "this path has no query parameters")]
    [InlineData("POST", "/v1/plugins/beta/log-level", "", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/beta/log-level", "{}", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/beta/log-level", "{\"level\":\"planted\"}", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/beta/log-level", "{\"level\":\"Debug\"}", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/beta/log-level", "{\"level\":1}", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/beta/log-level", "{\"level\":\"debug\",\"planted\":1}", 400, PluginBody.LogLevelShape)]
    [InlineData("POST", "/v1/plugins/alpha/log-level", "{\"level\":\"debug\"}", 409, "the plugin is described here, and nothing here runs it")]
    [InlineData("GET", "/v1/plugins/alpha/log-level", "", 409, "the plugin is described here, and nothing here runs it")]
    [InlineData("POST", "/v1/plugins/beta/enable", "{\"planted\":1}", 400, PluginBody.Nothing)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "[]", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":\"5\"}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":4.5}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":5,\"rating\":1}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":5,\"planted\":1}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":5,\"comment\":{\"a\":{}}}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":5,\"comment\":\"\\ud800\"}", 400, PluginBody.Shape)]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":9}", 400, "a rating is a whole number from 1 to 5")]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{}", 400, "a rating is a whole number from 1 to 5")]
    [InlineData("POST", "/v1/plugins/beta/reviews", "{\"rating\":5,\"comment\":\"planted\\u001b[2J\"}", 400, "a comment is well-formed text of at most 2000 characters, without control characters")]
    public async Task Send_WrongRequest_IsAProblemThatQuotesNothing(string method, string target, string body, int status, string detail) => await RefusesAsync(method, target, Admin, body, status, detail);

    [Theory]
    [InlineData("enable")]
    [InlineData("disable")]
    [InlineData("reviews")]
    [InlineData("log-level")]
    public async Task Post_WithoutJsonScopeOrToken_ChangesNothing(string action)
    {
        await using var server = await StartAsync();
        var target = $"/v1/plugins/beta/{action}";

        Assert.Equal(401, (await server.SendAsync("POST", target, Json, body: "{\"rating\":1}")).Status);
        Assert.Equal(403, (await server.SendAsync("POST", target, Json + $"Authorization: Bearer {ReadToken}\r\n", body: "{\"rating\":1}")).Status);
        Assert.Equal(415, (await server.SendAsync("POST", target, $"Content-Type: text/plain\r\nAuthorization: Bearer {AdminToken}\r\n", body: "{\"rating\":1}")).Status);
        Assert.Equal(413, (await server.SendAsync("POST", target, Admin, body: new string(' ', PluginBody.MaxBytes + 1))).Status);
        Assert.Equal(403, (await server.SendAsync("POST", target, Admin, host: "evil.example", body: "{\"rating\":1}")).Status);

        Assert.True(_registry.Get("beta") is { State: RegistryState.Installed, ReviewCount: 1 });
        Assert.Null(_enricher.LogLevels["beta"]);
    }

    [Theory]
    [InlineData("trace", LogLevel.Trace)]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("information", LogLevel.Information)]
    [InlineData("warning", LogLevel.Warning)]
    [InlineData("error", LogLevel.Error)]
    [InlineData("critical", LogLevel.Critical)]
    [InlineData("none", LogLevel.None)]
    public async Task PostLogLevel_OneThatThereIs_HoldsUntilNullTakesItBack(string word, LogLevel level)
    {
        await using var server = await StartAsync();

        var set = await server.SendAsync("POST", "/v1/plugins/beta/log-level", Admin, body: $$"""{"level":"{{word}}"}""");
        var held = _enricher.LogLevels["beta"];
        var shown = await server.SendAsync("GET", "/v1/plugins/beta/log-level", $"Authorization: Bearer {ReadToken}\r\n");
        var back = await server.SendAsync("POST", "/v1/plugins/beta/log-level", Admin, body: """{"level":null}""");

        Assert.Equal((200, "beta", word, level), (set.Status, Text(set.Json, "name"), Text(set.Json, "level"), held));
        Assert.Equal((200, word), (shown.Status, Text(shown.Json, "level")));
        Assert.Equal((200, JsonValueKind.Null), (back.Status, back.Json.GetProperty("level").ValueKind));
        Assert.Null(_enricher.LogLevels["beta"]);
    }

    [Fact]
    public async Task PostReview_Whole_IsCreatedAndCounts()
    {
        await using var server = await StartAsync();
        var comment = string.Concat(Enumerable.Repeat("\\u00e4", PluginReview.MaxComment)); // the longest, in its longest form

        var response = await server.SendAsync("POST", "/v1/plugins/beta/reviews", Admin, body: $$"""{"rating":1,"comment":"{{comment}}","reviewer":"Bob"}""");

        Assert.Equal(201, response.Status);
        Assert.Equal(("2.0.0", "Bob", new string('ä', 2000)), (Text(response.Json, "version"), Text(response.Json, "reviewer"), Text(response.Json, "comment")));
        Assert.Equal(2.5, _registry.Get("beta")!.AverageRating);
    }

    [Fact]
    public async Task PostEnableThenDisable_Known_AnswersWithTheNewState()
    {
        await using var server = await StartAsync();

        var on = await server.SendAsync("POST", "/v1/plugins/beta/enable", Admin, body: "{}");
        var again = await server.SendAsync("POST", "/v1/plugins/beta/enable", Admin);
        var off = await server.SendAsync("POST", "/v1/plugins/beta/disable", Admin, body: " {} ");

        Assert.Equal((200, "enabled"), (on.Status, Text(on.Json, "state")));
        Assert.Equal((200, "enabled"), (again.Status, Text(again.Json, "state")));
        Assert.Equal((200, "disabled"), (off.Status, Text(off.Json, "state")));
    }

    [Fact]
    public async Task PostEnable_EngineRefuses_SaysWhyAndQuotesNothing()
    {
        (Exception Thrown, int Status, string Detail)[] cases =
        [
            (new PluginException("beta", "connect", "planted", PluginErrorCode.AuthError), 502, "the plugin could not be made or connected (AuthError); it stays off"),
            (new FastEnrichConfigurationException([new ConfigError("planted", "planted", "planted")]), 409, "the plugin's settings have mistakes; fastenrich config validate lists them"),
            (new ArgumentException("planted"), 409, "the plugin is described here, and nothing here runs it"),
            (new InvalidOperationException("planted"), 409, "the engine runs as many plugins as it can"),
            (new ObjectDisposedException("planted"), 503, "the server is shutting down"),
        ];
        foreach (var (thrown, status, detail) in cases)
        {
            _enricher.Enable = (_, _) => throw thrown;
            await RefusesAsync("POST", "/v1/plugins/beta/enable", Admin, "{}", status, detail);
        }
    }

    [Fact]
    public async Task PostEnable_PluginThatDoesNotFit_IsRefusedBeforeTheEngineIsAsked()
    {
        _registry.Register(new PluginDescriptor { Metadata = new PluginMetadata { Name = "needy", Dependencies = ["nobody"] }, PluginType = typeof(object), Create = static _ => throw new NotSupportedException() });
        _enricher.Enable = static (_, _) => throw new NotSupportedException();

        await RefusesAsync("POST", "/v1/plugins/needy/enable", Admin, "{}", 409, "the plugin does not fit this engine or the other plugins; its errors say why");
    }

    [Fact]
    public async Task GetPlugins_NoRegistry_IsNotFound()
    {
        _enricher.Registry = null;

        await RefusesAsync("GET", "/v1/plugins", $"Authorization: Bearer {ReadToken}\r\n", "", 404, "no list of plugins is kept here");
    }

    [Fact]
    public async Task PostEnable_UnixSocket_NeedsNoToken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix");
        using var folder = new TemporaryFile("socket", "");
        var path = folder.Path + ".sock";
        await using var server = await ServerFixture.StartAsync(_enricher, options => options with { UnixSocket = path, Addresses = [] });

        var (exitCode, lines, error) = await CliRun.RunAsync(null, "", "plugins", "enable", "beta", "--unix-socket", path);

        Assert.Equal((ExitCodes.Done, ""), (exitCode, error));
        Assert.Equal(["beta is enabled"], lines);
    }

    [Fact]
    public async Task Cli_EveryCommandOverHttp_TalksToTheSidecar()
    {
        await using var server = await ServerFixture.StartAsync(_enricher, static options => options with { AllowUnauthenticatedAdmin = true });
        string[] to = ["--url", $"http://127.0.0.1:{server.Port}"];

        var review = await CliRun.RunAsync(null, "", ["plugins", "review", "beta", "--rating", "2", "--comment", "slow", .. to]);
        var show = await CliRun.RunAsync(null, "", ["plugins", "show", "beta", .. to]);
        var json = await CliRun.RunAsync(null, "", ["plugins", "search", "--tag", "crm", "--sort", "usage", "--descending", "--json", .. to]);
        var off = await CliRun.RunAsync(null, "", ["plugins", "disable", "beta", .. to]);
        var list = await CliRun.RunAsync(null, "", ["plugins", "list", .. to]);

        Assert.All(((int ExitCode, string[] Lines, string Error)[])[review, show, json, off, list], static run => Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error)));
        Assert.StartsWith("review              2/5 ", Assert.Single(review.Lines));
        Assert.Contains("average_rating      3", show.Lines);
        Assert.Equal(["beta", "alpha"], JsonDocument.Parse(Assert.Single(json.Lines)).RootElement.GetProperty("plugins").EnumerateArray().Select(static plugin => Text(plugin, "name")));
        Assert.Equal(["beta is disabled"], off.Lines);
        Assert.Equal(
            [
                "NAME   VERSION  STATE      RATING  REVIEWS  USAGE  DESCRIPTION",
                "alpha  1.0.0    installed       -        0      0  Plugin alpha",
                "beta   2.0.0    disabled      3.0        2      7  Plugin beta",
                "gamma  3.0.0    installed       -        0      0  Plugin gamma",
            ],
            list.Lines);
    }

    [Fact]
    public async Task Cli_LogLevel_PrintsSetsAndTakesBack()
    {
        await using var server = await ServerFixture.StartAsync(_enricher, static options => options with { AllowUnauthenticatedAdmin = true });
        string[] to = ["--url", $"http://127.0.0.1:{server.Port}"];

        var before = await CliRun.RunAsync(null, "", ["plugins", "log-level", "beta", .. to]);
        var set = await CliRun.RunAsync(null, "", ["plugins", "log-level", "beta", "debug", .. to]);
        var json = await CliRun.RunAsync(null, "", ["plugins", "log-level", "beta", "--json", .. to]);
        var back = await CliRun.RunAsync(null, "", ["plugins", "log-level", "beta", "default", .. to]);

        Assert.All(((int ExitCode, string[] Lines, string Error)[])[before, set, json, back], static run => Assert.Equal((ExitCodes.Done, ""), (run.ExitCode, run.Error)));
        Assert.Equal(
            ["beta logs at default", "beta logs at debug", """{"name":"beta","level":"debug"}""", "beta logs at default"],
            [.. before.Lines, .. set.Lines, .. json.Lines, .. back.Lines]);
    }

    [Theory]
    [InlineData("log-level alpha", "fastenrich: the sidecar answers 409: the plugin is described here, and nothing here runs it")]
    [InlineData("show nobody", "fastenrich: the sidecar answers 404: no plugin of that name is known")]
    [InlineData("enable beta", "fastenrich: the sidecar answers 403: this call changes something: it needs a token with scope admin, the Unix socket, or --allow-unauthenticated-admin")]
    [InlineData("search --min-rating 9", "fastenrich: the sidecar answers 400: min_rating is a number from 1 to 5")]
    public async Task Cli_SidecarSaysNo_ExitsOneWithItsReason(string command, string error)
    {
        await using var server = await ServerFixture.StartAsync(_enricher);

        var run = await CliRun.RunAsync(null, "", ["plugins", .. command.Split(' '), "--url", $"http://127.0.0.1:{server.Port}"]);

        Assert.Equal((ExitCodes.WithErrors, error), (run.ExitCode, run.Error.TrimEnd()));
        Assert.Empty(run.Lines);
    }

    public ValueTask DisposeAsync() => _registry.DisposeAsync();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private Task<ServerFixture> StartAsync() => ServerFixture.StartAsync(_enricher, static options => options with { Tokens = TokenTable.Parse($"read={ReadToken} read,admin={AdminToken}") });

    private async Task RefusesAsync(string method, string target, string headers, string body, int status, string detail)
    {
        await using var server = await StartAsync();

        var response = await server.SendAsync(method, target, headers.Length > 0 ? headers : $"Authorization: Bearer {ReadToken}\r\n", body: body);

        Assert.Equal((status, detail), (response.Status, response.Json.GetProperty("detail").GetString()));
        Assert.Equal("application/problem+json", response.Headers["Content-Type"]);
        Assert.DoesNotContain("planted", server.Log);
    }

    private void Register(string name, string author, string[] tags, string version) => _registry.Register(new PluginDescriptor
    {
        Metadata = new PluginMetadata { Name = name, Author = author, Tags = tags, Version = version, Description = "Plugin " + name, Capabilities = ["points"] },
        PluginType = typeof(object),
        Create = static _ => throw new NotSupportedException(),
    });
}
