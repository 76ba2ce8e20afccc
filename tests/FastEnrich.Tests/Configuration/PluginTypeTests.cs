using FastEnrich.Plugins;
using FastEnrich.Registry;

namespace FastEnrich.Tests.Configuration;

/// <summary>Sections that run another plugin's type under a name of their own.</summary>
public sealed class PluginTypeTests
{
    private static readonly PluginDescriptor s_multi = new()
    {
        Metadata = FakePlugins.HubSpot.Metadata with { Name = "multi", Description = "Any number of them" },
        Aliases = ["many"],
        PluginType = typeof(PluginTypeTests),
        OptionsType = typeof(FakeOptions),
        Create = static activation => new TypedPlugin(activation.Context.Descriptor.Name, ((FakeOptions)activation.Options!).Mode!),
        BindOptions = FakePlugins.HubSpot.BindOptions,
        Provides = ["email"],
        AllowMultiple = true,
    };

    private static readonly PluginDescriptor s_other = new()
    {
        Metadata = s_multi.Metadata with { Name = "other" },
        PluginType = typeof(TypedPlugin),
        Create = static activation => new TypedPlugin(activation.Context.Descriptor.Name, "other"),
        AllowMultiple = true,
    };

    [Fact]
    public void Load_SectionsOfOneType_ArePluginsOfTheirOwn()
    {
        var options = Load("""
            plugins:
              multi: { config: { api_key: a } }
              weather: { type: multi, priority: 3, config: { api_key: b, mode: full } }
              news: { type: MANY, enabled: false, config: { api_key: "${MISSING}" } }
            """);

        var weather = options.Catalog["weather"];
        Assert.Equal(("weather", "Any number of them", "multi", false), (weather.Name, weather.Metadata.Description, weather.InstanceOf, weather.AllowMultiple));
        Assert.Equal(["email"], weather.Provides);
        Assert.Equal((3, "full", "fast"), (options.Plugins["weather"].Priority, Bound(options, "weather").Mode, Bound(options, "multi").Mode));
        Assert.False(options.Plugins["news"].Enabled);
    }

    [Fact]
    public void Load_ShortFormOfTheOwnName_IsTheSecretOfThatSectionAlone()
    {
        var options = Load("plugins: { multi: , weather: { type: multi } }", ("WEATHER_API_KEY", "w"), ("MULTI_API_KEY", "m"));

        Assert.Equal(("w", "m"), (Bound(options, "weather").ApiKey, Bound(options, "multi").ApiKey));
    }

    [Fact]
    public void Load_TypeFromTheEnvironment_IsLikeOneInTheFile()
    {
        var options = Load("plugins:\n", ("FASTENRICH__PLUGINS__WEATHER__TYPE", "multi"), ("FASTENRICH__PLUGINS__WEATHER__CONFIG__API_KEY", "w"));

        Assert.Equal("w", Bound(options, "weather").ApiKey);
    }

    [Theory]
    [InlineData("weather: { type: mult }", "2:14 plugins:weather:type mult: a known type (did you mean 'multi'?)")]
    [InlineData("weather: { type: hubspot }", "2:14 plugins:weather:type hubspot: a type that several sections may have, which 'hubspot' is not: multi, other")]
    [InlineData("weather: { type: }", "2:14 plugins:weather:type -: a known type: multi, other")]
    [InlineData("weather: { type: [multi] }", "2:14 plugins:weather:type -: a known type: multi, other")]
    [InlineData("hubspot: { enabled: false, type: multi }", "2:30 plugins:hubspot:type -: nothing here: 'hubspot' is a plugin of this program, one of another plugin's type needs another name")]
    [InlineData("many: { enabled: false, type: multi }", "2:27 plugins:multi:type -: nothing here: 'multi' is a plugin of this program, one of another plugin's type needs another name")]
    [InlineData("Weather: { type: multi, config: { api_key: k } }", "2:3 plugins:Weather -: a plugin's name in kebab-case, 1 to 64 characters")]
    [InlineData("weather: { type: multi, config: { api_key: k }, priorty: 1 }", "2:51 plugins:weather:priorty -: a known key (did you mean 'priority'?)")]
    [InlineData("weather: { type: multi, config: { api_key: k, mode: odd } }", "2:49 plugins:weather:config:mode odd: fast or full")]
    [InlineData("news: { type: multi, enabled: false }\n  weather: { type: news }", "3:14 plugins:weather:type news: a known type: multi, other")]
    [InlineData("weather: { config: { api_key: k } }", "2:3 plugins:weather -: a known plugin: hubspot, multi, other")]
    public void Load_Mistake_IsNamedWithItsPlace(string section, string expected)
    {
        var failure = Assert.Throws<FastEnrichConfigurationException>(() => Load($"plugins:\n  {section}"));

        var error = Assert.Single(failure.Errors);
        Assert.Equal(expected, $"{error.Location![(error.Location!.IndexOf(".yaml:", StringComparison.Ordinal) + 6)..]} {error.Path} {error.Found ?? "-"}: {error.Expected}");
    }

    [Fact]
    public void Load_TypeAndProcess_IsAMistake()
    {
        var failure = Assert.Throws<FastEnrichConfigurationException>(() => Load("plugins:\n  weather: { type: multi, process: { command: [/x] } }"));

        Assert.Contains(failure.Errors, static error => error.Path == "plugins:weather:type" && error.Expected.StartsWith("nothing here", StringComparison.Ordinal));
    }

    [Fact]
    public void Describe_SectionWithAType_ShowsTheTypeAndNoSecret()
    {
        using var file = new ConfigFile("plugins: { weather: { type: multi, config: { api_key: planted } }, geo: { process: { command: [/x] } } }");

        var settings = FastEnrichConfiguration.Describe(file.Path, [s_multi], new Dictionary<string, string>());

        Assert.Contains(settings, static setting => setting is { Path: "plugins:weather:type", Value: "multi" });
        Assert.Contains(settings, static setting => setting is { Path: "plugins:weather:config:api_key", Value: "***" });
        Assert.Contains(settings, static setting => setting is { Path: "plugins:geo:enabled", Value: "true" });
    }

    [Fact]
    public async Task ReloadAsync_SectionComesChangesItsTypeAndGoes_FollowsTheFile()
    {
        await using var engine = PluginManager.Create(Load("plugins: { multi: { config: { api_key: k } } }"));
        await engine.StartAsync(TestContext.Current.CancellationToken);

        var started = await engine.ReloadAsync(Load("plugins: { multi: { config: { api_key: k } }, weather: { type: multi, config: { api_key: k, mode: full } } }"), TestContext.Current.CancellationToken);
        var full = await InterestsAsync(engine);
        var replaced = await engine.ReloadAsync(Load("plugins: { multi: { config: { api_key: k } }, weather: { type: other } }"), TestContext.Current.CancellationToken);
        var other = await InterestsAsync(engine);
        var stopped = await engine.ReloadAsync(Load("plugins: { multi: { config: { api_key: k } } }"), TestContext.Current.CancellationToken);

        Assert.Equal("weather, weather, weather", $"{started.Started.Single()}, {replaced.Replaced.Single()}, {stopped.Stopped.Single()}");
        Assert.Equal(("weather full", "weather other"), (full, other));
    }

    [Fact]
    public async Task EnableAsync_SectionThatIsOff_RunsAsTheFileSays()
    {
        await using var engine = PluginManager.Create(Load("plugins: { weather: { type: multi, enabled: false, config: { api_key: k, mode: full } } }"));
        await engine.StartAsync(TestContext.Current.CancellationToken);

        await engine.EnableAsync("weather", TestContext.Current.CancellationToken);

        Assert.Equal("weather full", await InterestsAsync(engine));
    }

    [Fact]
    public async Task Registry_SectionWithAType_IsListedUnderItsName()
    {
        await using var engine = PluginManager.Create(Load("plugins: { weather: { type: multi, config: { api_key: k } } }"));

        var entry = engine.Registry.Get("weather");

        Assert.Equal(("Any number of them", RegistrySource.Code), (entry!.Manifest!.Metadata.Description, entry.Source));
    }

    [Fact]
    public void DataVersion_SameConfigurationOfAnotherType_Differs() =>
        Assert.NotEqual(DataVersion.Of(s_multi.As("weather"), new PluginSettings()), DataVersion.Of(s_other.As("weather"), new PluginSettings()));

    private static async Task<string> InterestsAsync(PluginManager engine)
    {
        var profile = await engine.EnrichAsync("1", new EnrichOptions { Plugins = ["weather"], Deadline = TimeSpan.FromSeconds(30) }, TestContext.Current.CancellationToken);
        return Assert.Single(profile.Enrichments["weather"].Interests!);
    }

    private static FakeOptions Bound(FastEnrichOptions options, string plugin) => Assert.IsType<FakeOptions>(options.Plugins[plugin].Options);

    private static FastEnrichOptions Load(string yaml, params (string Name, string Value)[] variables)
    {
        using var file = new ConfigFile(yaml);
        var options = new FastEnrichOptions();
        options.AddPlugin(s_multi);
        options.AddPlugin(s_other);
        options.AddPlugin(FakePlugins.HubSpot);
        options.LoadFile(file.Path, ConfigFile.Variables(variables));
        return options;
    }

    private sealed class TypedPlugin(string name, string mode) : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
            new(EnrichmentResult.Found(new UserEnrichment { Interests = [$"{name} {mode}"], Confidence = 1 }));
    }
}
