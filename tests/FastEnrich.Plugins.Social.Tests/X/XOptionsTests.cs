using FastEnrich.Plugins.Social.X;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;

namespace FastEnrich.Plugins.Social.Tests.X;

public sealed class XOptionsTests
{
    private static readonly StubHandler s_nobody = new(_ => throw new InvalidOperationException());

    [Fact]
    public void Descriptor_Names_AreTheContracts()
    {
        var descriptor = XFixture.Descriptor;

        Assert.Equal(["twitter"], descriptor.Aliases);
        Assert.Equal(["x_id", "x_username"], descriptor.Provides);
        Assert.Equal([new IdentityNeed("x_id", false), new IdentityNeed("x_username", false)], descriptor.Needs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bind_SimulatorsConfiguration_MakesAWorkingPlugin(bool newVocabulary)
    {
        await using var simulator = await XSimulator.StartAsync(new XSimulatorOptions { NewVocabulary = newVocabulary });
        var (options, errors) = Bind(simulator.PluginConfiguration);

        Assert.Empty(errors);
        var plugin = XFixture.Descriptor.Create(new PluginActivation(XFixture.Context(UpstreamClient.CreateHandler()), options, null!));
        await plugin.ConnectAsync(default);
        Assert.Equal(true, await plugin.CheckHealthAsync(default));
    }

    [Fact]
    public void Bind_SevenMistakes_AreReportedTogether()
    {
        var (_, errors) = Bind(new Dictionary<string, string>
        {
            ["api_url"] = "api.x.com",
            ["timeout"] = "301",
            ["lookup_by"] = "email",
            ["max_posts"] = "4",
            ["capabilities:0"] = "mind_reading",
            ["post_fields_parameter"] = "note.fields",
            ["bearer_token"] = "a secret with blanks",
        });

        Assert.Equal(7, errors.Count);
        Assert.DoesNotContain("secret", string.Join('\n', errors));
    }

    [Fact]
    public void Bind_Capabilities_AreSnakeCase()
    {
        var (options, errors) = Bind(new Dictionary<string, string> { ["bearer_token"] = "t", ["capabilities:0"] = "list_memberships", ["capabilities:1"] = "interests_extraction" });

        Assert.Empty(errors);
        Assert.Equal([XCapability.ListMemberships, XCapability.InterestsExtraction], ((XOptions)options!).Capabilities);
    }

    [Fact]
    public void Bind_NoCapabilities_IsTheProfileAlone()
    {
        var (options, errors) = Bind(new Dictionary<string, string> { ["bearer_token"] = "t", ["capabilities"] = "" });

        Assert.Empty(errors);
        Assert.Empty(((XOptions)options!).Capabilities);
    }

    [Fact]
    public void ToString_Credentials_AreNotPrinted() =>
        Assert.DoesNotContain("secret", new XOptions { BearerToken = "secret-1", ClientId = "secret-2", ClientSecret = "secret-3", RefreshToken = "secret-4" }.ToString());

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("t", "planted", null, null)]
    [InlineData("t", null, null, "planted")]
    [InlineData(null, "id", null, null)]
    [InlineData(null, null, "planted", null)]
    [InlineData(null, null, null, "planted")]
    [InlineData("planted with blanks", null, null, null)]
    [InlineData("planted\n", null, null, null)]
    public void Constructor_CredentialsOfNoKind_AreInvalidConfigWithoutQuotingThem(string? bearer, string? id, string? secret, string? refresh)
    {
        var options = XFixture.Options with { BearerToken = bearer, ClientId = id, ClientSecret = secret, RefreshToken = refresh };

        var failure = Assert.Throws<PluginException>(() => XFixture.Plugin(s_nobody, options));

        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        Assert.DoesNotContain("planted", failure.ToString());
    }

    [Theory]
    [InlineData("http://x.test", false, false)]
    [InlineData("http://x.test", true, true)]
    [InlineData("http://127.0.0.1:1", false, true)]
    [InlineData("https://x.test", false, true)]
    [InlineData("https://user:planted@x.test", false, false)]
    [InlineData("ftp://x.test", true, false)]
    public void Constructor_PlainHttp_OnlyToThisMachineUnlessAllowed(string apiUrl, bool allowHttp, bool works)
    {
        var exception = Record.Exception(() => XFixture.Plugin(s_nobody, XFixture.Options with { ApiUrl = apiUrl, AllowHttp = allowHttp }));

        Assert.Equal(works ? null : PluginErrorCode.InvalidConfig, (exception as PluginException)?.Code);
        Assert.DoesNotContain("planted", exception?.ToString() ?? "");
    }

    [Theory]
    [InlineData("username", false, new[] { "x_username" })]
    [InlineData("id", false, new[] { "x_id" })]
    [InlineData("id", true, new string[0])]
    public void LookupIdentities_LookupBy_IsWhatIsReallyUsed(string lookupBy, bool useUserId, string[] identities)
    {
        var plugin = XFixture.Plugin(s_nobody, XFixture.Options with { LookupBy = lookupBy, UseUserId = useUserId, RateLimit = 3 });

        Assert.Equal(identities, plugin.LookupIdentities);
        Assert.Equal((3, 100), (plugin.RateLimit, plugin.MaxBatchSize));
    }

    private static (object? Options, List<ConfigError> Errors) Bind(IReadOnlyDictionary<string, string> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return (XFixture.Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }
}
