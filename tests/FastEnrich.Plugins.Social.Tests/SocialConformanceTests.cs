using FastEnrich.Plugins.Social.Tests.Facebook;
using FastEnrich.Plugins.Social.Tests.X;
using FastEnrich.Simulators;
using FastEnrich.Testing;

namespace FastEnrich.Plugins.Social.Tests;

/// <summary>The plugins against the rules that every plugin must hold to, before their simulators.</summary>
public sealed class SocialConformanceTests
{
    private static readonly SimulatedPopulation s_population = new(seed: 7, count: 1000);

    // Lists do not miss: there a 404 means that the address is wrong.
    private static readonly Dictionary<int, PluginErrorCode> s_noSuchAddress = new() { [404] = PluginErrorCode.InvalidConfig };

    [Fact]
    public async Task X_ConformanceSuite_Passes()
    {
        await using var simulator = await XSimulator.StartAsync(new XSimulatorOptions { Population = s_population, LookupsPerWindow = 1_000_000, TimelinesPerWindow = 1_000_000 });
        await using var tester = new PluginTester(XFixture.Descriptor, new PluginTesterOptions
        {
            Configuration = url => new Dictionary<string, string>(simulator.PluginConfiguration) { ["api_url"] = url },
            Users = [.. Users(SimulatedSystem.X).Where(user => user.XUsername is not null).Take(4).Select(user => Request(user.Id, "x_username", user.XUsername!))],
        });
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester, new ConformanceOptions { ExpectedCodes = s_noSuchAddress, RequestFor = text => Request("somebody", "x_username", text) });

        report.ThrowIfFailed();
    }

    [Fact]
    public async Task Facebook_ConformanceSuite_Passes()
    {
        await using var simulator = await FacebookSimulator.StartAsync(new FacebookSimulatorOptions { Population = s_population });
        await using var tester = new PluginTester(FacebookFixture.Descriptor, new PluginTesterOptions
        {
            Configuration = url => new Dictionary<string, string>(simulator.PluginConfiguration) { ["api_url"] = url },
            Users = [.. Users(SimulatedSystem.Facebook).Where(FacebookFixture.Knows).Take(4).Select(FacebookFixture.Request)],
        });
        await tester.SetupMockServerAsync(server => server.ForwardTo(simulator.BaseUrl));

        var report = await ConformanceSuite.RunAsync(tester, new ConformanceOptions { ExpectedCodes = s_noSuchAddress, RequestFor = text => Request("somebody", "facebook_id", text) });

        report.ThrowIfFailed();
    }

    private static IEnumerable<SimulatedUser> Users(SimulatedSystem system) =>
        Enumerable.Range(0, s_population.Count).Select(s_population.GetUser).Where(user => user.KnownTo.Contains(system));

    private static EnrichmentRequest Request(string userId, string identity, string value) => new(userId, new Dictionary<string, string> { [identity] = value });
}
