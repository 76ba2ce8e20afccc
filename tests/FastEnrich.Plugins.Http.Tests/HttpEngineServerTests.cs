using FastEnrich.Plugins;

namespace FastEnrich.Plugins.Http.Tests;

/// <summary>The plugin within an engine, over real connections.</summary>
public sealed class HttpEngineServerTests : IAsyncLifetime
{
    private EchoServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await EchoServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task EnrichAsync_KnownEtag_IsAConditionalRequestWhoseResultStays()
    {
        _server.ETag = "\"v1\"";
        await using var engine = PluginManager.Create(Options("http"));
        await engine.StartAsync();
        var first = await engine.EnrichAsync("1");

        var second = await engine.EnrichAsync("1", new EnrichOptions { Mode = EnrichMode.Refresh });

        Assert.Equal(1, _server.NotModified);
        Assert.Equal((PluginState.Fresh, PluginState.Fresh), (first.Status["http"].State, second.Status["http"].State));
        Assert.Equal(["echo"], second.Enrichments["http"].Interests);
    }

    [Fact]
    public async Task EnrichAsync_TwoInstancesUnderNamesOfTheirOwn_AreTwoSources()
    {
        await using var engine = PluginManager.Create(Options("loyalty", "weather"));
        await engine.StartAsync();

        var profile = await engine.EnrichAsync("1");

        Assert.Equal(["loyalty", "weather"], profile.Enrichments.Keys.Order());
        Assert.Equal("weather", profile.Enrichments["weather"].Source);
    }

    [Fact]
    public async Task LoadFile_PlaceholdersPathsAndVariables_DoNotGetInEachOthersWay()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fastenrich-http-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, $$"""
            plugins:
              http:
                config:
                  url: "{{_server.BaseUrl}}/members/{user_id}?region=eu"
                  authentication: { kind: bearer, token: "${LOYALTY_TOKEN}" }
                  headers: { X-Tenant: "${LOYALTY_TENANT:-blue team}" }
                  fields:
                    interests: $.interests
                    contextual_data: { loyalty_tier: "$['loyalty tier'].name" }
                  batch: { url: "{{_server.BaseUrl}}/members?ids={keys}", key: $.id }
            """);
        var options = new FastEnrichOptions();
        options.AddPlugin(HttpFixture.Descriptor);
        options.LoadFile(file, new Dictionary<string, string> { ["LOYALTY_TOKEN"] = "hush" });
        File.Delete(file);
        await using var engine = PluginManager.Create(options);
        await engine.StartAsync();

        var profile = await engine.EnrichAsync("a/b");

        Assert.Equal(["echo"], profile.Merged.Interests);
        Assert.Equal(("/members/a%2Fb?region=eu", "Bearer hush", "blue team"), (_server.Target, _server.Headers["Authorization"], _server.Headers["X-Tenant"]));
    }

    [Fact]
    public async Task LoadFile_TwoSectionsOfTypeHttp_AreTwoSourcesOfOneProfile()
    {
        await using var weather = await EchoServer.StartAsync();
        _server.Answer = """{"member":{"tags":["gold"],"mail":"a@example.com","town":"Porto"}}""";
        weather.Answer = """{"tags":["rain"],"town":"Faro"}""";
        var file = Path.Combine(Path.GetTempPath(), $"fastenrich-http-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(file, $$"""
            plugins:
              loyalty:
                type: http
                config:
                  url: "{{_server.BaseUrl}}/members/{user_id}"
                  result: $.member
                  fields: { interests: $.tags, demographics: { city: $.town }, identities: { email: $.mail } }
                  confidence: 0.9
              weather:
                type: http
                config: { url: "{{weather.BaseUrl}}/at?mail={identity:email}", fields: { interests: $.tags, demographics: { city: $.town } } }
            """);
        var options = new FastEnrichOptions();
        options.AddPlugin(HttpFixture.Descriptor);
        options.LoadFile(file, new Dictionary<string, string>());
        File.Delete(file);
        await using var engine = PluginManager.Create(options);
        await engine.StartAsync();

        var profile = await engine.EnrichAsync("1", new EnrichOptions { Deadline = TimeSpan.FromSeconds(30) });

        Assert.Equal(["loyalty", "weather"], profile.Enrichments.Keys.Order());
        Assert.Equal(["gold", "rain"], profile.Merged.Interests!.Order());
        Assert.Equal(("Porto", "loyalty", "weather"), (profile.Merged.Demographics!.City, profile.Enrichments["loyalty"].Source, profile.Enrichments["weather"].Source));
        Assert.Equal(("/members/1", "/at?mail=a%40example.com"), (_server.Target, weather.Target));
    }

    private FastEnrichOptions Options(params string[] names)
    {
        var options = new FastEnrichOptions();
        foreach (var name in names)
        {
            options.AddPlugin(Named(name));
            options.Plugins[name] = new PluginSettings { Options = HttpFixture.Plain with { Url = $"{_server.BaseUrl}/{name}/{{user_id}}" } };
        }

        return options;
    }

    /// <summary>The same plugin under another name.</summary>
    private static PluginDescriptor Named(string name)
    {
        var http = HttpFixture.Descriptor;
        return new PluginDescriptor
        {
            Metadata = http.Metadata with { Name = name },
            PluginType = http.PluginType,
            OptionsType = http.OptionsType,
            Create = http.Create,
            BindOptions = http.BindOptions,
            Provides = http.Provides,
            Needs = http.Needs,
            DependsOn = http.DependsOn,
        };
    }
}
