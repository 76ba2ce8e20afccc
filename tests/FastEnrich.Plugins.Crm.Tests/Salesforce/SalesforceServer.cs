using FastEnrich.Simulators;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

/// <summary>A simulator over real connections, a user it knows, and one it does not.</summary>
public abstract class SalesforceServer : IAsyncLifetime
{
    protected SalesforceSimulator Simulator { get; private set; } = null!;

    protected SimulatedUser User { get; private set; } = null!;

    protected SimulatedUser Stranger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SalesforceSimulator.StartAsync(new SalesforceSimulatorOptions { Population = new SimulatedPopulation(seed: 7, count: 1000) });
        var users = Enumerable.Range(0, 1000).Select(Simulator.Population.GetUser).ToList();
        User = users.First(user => user.KnownTo.Contains(SimulatedSystem.Salesforce) && user.Deals.Count(deal => deal.Stage == "closedwon") > 1 && user.XUsername is not null && user.FacebookId is not null);
        Stranger = users.First(user => !user.KnownTo.Contains(SimulatedSystem.Salesforce));
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string Text(EnrichmentResult result) =>
        result.Enrichment is null ? "" : System.Text.Json.JsonSerializer.Serialize(result.Enrichment with { Timestamp = default }, FastEnrichJsonContext.Default.UserEnrichment);
}
