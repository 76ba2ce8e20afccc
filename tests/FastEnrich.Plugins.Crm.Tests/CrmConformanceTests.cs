using FastEnrich.Plugins.Crm.Tests.HubSpot;
using FastEnrich.Plugins.Crm.Tests.Salesforce;
using FastEnrich.Simulators;
using FastEnrich.Testing;

namespace FastEnrich.Plugins.Crm.Tests;

/// <summary>The plugins against the rules that every plugin must hold to, before their simulators.</summary>
public sealed class CrmConformanceTests
{
    private static readonly SimulatedPopulation s_population = new(seed: 7, count: 1000);

    // Queries do not miss: there a 404 means that the address is wrong.
    private static readonly Dictionary<int, PluginErrorCode> s_noSuchAddress = new() { [404] = PluginErrorCode.InvalidConfig };

    [Theory]
    [InlineData("id")]
    [InlineData("customer_id")] // takes any text
    public async Task HubSpot_ConformanceSuite_Passes(string lookupBy)
    {
        await using var simulator = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = s_population });
        await using var tester = Tester(HubSpotFixture.Descriptor, url => new Dictionary<string, string>(simulator.PluginConfiguration) { ["api_url"] = url, ["lookup_by"] = lookupBy }, KnownTo(SimulatedSystem.HubSpot, user => user.Id));
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester);

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task Salesforce_AccessToken_ConformanceSuite_Passes()
    {
        await using var simulator = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = s_population });
        var token = simulator.Tokens.Issue();
        await using var tester = Tester(SalesforceFixture.Descriptor, Configuration, KnownTo(SimulatedSystem.Salesforce, user => user.Id));
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester, new ConformanceOptions { ExpectedCodes = s_noSuchAddress });

        report.ThrowIfFailed();

        Dictionary<string, string> Configuration(string url) => new(simulator.PluginConfiguration.Where(static pair => pair.Key is not ("client_id" or "client_secret")))
        {
            ["authentication"] = "access_token",
            ["access_token"] = token,
            ["instance_url"] = url,
            ["login_url"] = url,
        };
    }

    [Theory]
    [InlineData(true)] // the token's endpoint goes on working while the API fails
    [InlineData(false)] // both fail
    public async Task Salesforce_ClientCredentials_ConformanceSuite_Passes(bool tokensWork)
    {
        const string TokenPath = "/services/oauth2/token";
        await using var simulator = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = s_population });
        await using var tester = Tester(SalesforceFixture.Descriptor, Configuration, KnownTo(SimulatedSystem.Salesforce, user => user.Id));
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester, new ConformanceOptions
        {
            ExpectedCodes = s_noSuchAddress,
            Exempt = tokensWork ? static request => request.Path == TokenPath : null,
        });

        report.ThrowIfFailed();
        Assert.NotEmpty(tester.Server.Requests.Find("POST", TokenPath));

        Dictionary<string, string> Configuration(string url)
        {
            simulator.InstanceUrl = url; // what the token's answer names: calls with it go through the mock server too
            return new(simulator.PluginConfiguration) { ["login_url"] = url };
        }
    }

    [Theory]
    [InlineData("id")]
    [InlineData("customer_id")] // a custom field: takes any text
    public async Task Pipedrive_ConformanceSuite_Passes(string lookupBy)
    {
        await using var simulator = await PipedriveSimulator.StartAsync(new PipedriveSimulatorOptions { Population = s_population });
        await using var tester = Tester(Descriptor("pipedrive"), Configuration, KnownTo(SimulatedSystem.Pipedrive, user => user.Id));
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester, lookupBy == "id" ? null : new ConformanceOptions { ExpectedCodes = s_noSuchAddress });

        report.ThrowIfFailed();

        Dictionary<string, string> Configuration(string url) => new(simulator.PluginConfiguration)
        {
            ["api_url"] = url,
            ["lookup_by"] = lookupBy == "id" ? lookupBy : simulator.PluginConfiguration[$"custom_fields:{lookupBy}"],
        };
    }

    private static PluginDescriptor Descriptor(string name) => new FastEnrichOptions().AddAllPlugins().Catalog[name];

    private static EnrichmentRequest[] KnownTo(SimulatedSystem system, Func<SimulatedUser, string> id) =>
        [.. Enumerable.Range(0, s_population.Count).Select(s_population.GetUser).Where(user => user.KnownTo.Contains(system)).Take(4).Select(user => new EnrichmentRequest(id(user)))];

    private static PluginTester Tester(PluginDescriptor descriptor, Func<string, IReadOnlyDictionary<string, string>> configuration, IReadOnlyList<EnrichmentRequest> users) =>
        new(descriptor, new PluginTesterOptions { Configuration = configuration, Users = users });
}
