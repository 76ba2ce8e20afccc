using System.Text.Json;
using FastEnrich.Merging;
using FastEnrich.Sidecar.Hosting;
using FastEnrich.Simulators;

namespace FastEnrich.Sidecar.Tests;

/// <summary>The five plugins over the five simulators, on real connections.</summary>
public sealed class DemoUpstreamsServerTests(DemoRun run) : IClassFixture<DemoRun>
{
    /// <summary>The requests that ask for many users or records at once, as the vendors offer it.</summary>
    private static readonly Dictionary<string, string[]> s_batchRoutes = new()
    {
        ["hubspot"] = ["contacts_batch", "associations_batch", "deals_batch", "line_items_batch"],
        ["salesforce"] = ["contacts", "query", "batch"],
        ["pipedrive"] = ["persons", "deals_products", "organizations"],
        ["x"] = ["users_by"],
        ["facebook"] = ["batch"],
    };

    /// <summary>What the vendors have no batch endpoint for: a request for each user.</summary>
    private static readonly Dictionary<string, string[]> s_userRoutes = new()
    {
        ["hubspot"] = [],
        ["salesforce"] = [],
        ["pipedrive"] = ["deals", "activities"],
        ["x"] = ["posts"],
        ["facebook"] = ["token"],
    };

    [Fact]
    public void ThousandUsers_RequestsWithABatchEndpoint_AreTwentyTimesFewer()
    {
        Assert.All(run.Simulators, simulator =>
        {
            var counts = simulator.RequestCounts;
            Assert.All(s_batchRoutes[simulator.PluginName], route => Assert.True(counts.GetValueOrDefault(route) <= DemoRun.Users / 20, $"{simulator.PluginName} {route}: {counts.GetValueOrDefault(route)}"));
            Assert.All(s_userRoutes[simulator.PluginName], route => Assert.InRange(counts.GetValueOrDefault(route), 0, DemoRun.Users));
            Assert.Contains(s_batchRoutes[simulator.PluginName], counts.ContainsKey);
        });
    }

    [Fact]
    public void ThousandUsers_OtherRequests_AreAFewForAll() =>
        Assert.All(run.Simulators, simulator => Assert.InRange(
            simulator.RequestCounts.Where(count => !s_batchRoutes[simulator.PluginName].Contains(count.Key) && !s_userRoutes[simulator.PluginName].Contains(count.Key)).Sum(count => count.Value), 0, 50));

    [Fact]
    public void ThousandUsers_Networks_AreAskedForWhomACrmNames()
    {
        Assert.All(run.Profiles, profile =>
        {
            var user = run.Population.FindById(profile.UserId)!;
            var named = user.KnownTo.Overlaps([SimulatedSystem.HubSpot, SimulatedSystem.Salesforce, SimulatedSystem.Pipedrive]);
            Assert.Equal(named && user.XUsername is not null, profile.Status["x"].State != PluginState.Skipped);
            Assert.True(!profile.Enrichments.ContainsKey("x") || user.KnownTo.Contains(SimulatedSystem.X)); // and of those, some are suspended
            Assert.Equal(named && user.FacebookId is not null && user.KnownTo.Contains(SimulatedSystem.Facebook), profile.Enrichments.ContainsKey("facebook"));
            Assert.Empty(profile.Errors);
        });
    }

    [Fact]
    public void Merge_ResultsOfFiveSystems_AreTheSameInAll120Orders()
    {
        var known = run.Profiles.Where(profile => profile.Enrichments.Count == DemoSettings.Systems).Take(20).ToList();
        Assert.Equal(20, known.Count);
        Assert.All(known, profile =>
        {
            MergeInput[] inputs = [.. profile.Enrichments.Select(entry => new MergeInput(entry.Value, entry.Key, 0, profile.Status[entry.Key].FreshUntil!.Value))];
            var merged = Permutations(inputs).Select(order => Text(ProfileMerger.Merge(order, profile.Timestamp))).ToList();

            Assert.Equal(120, merged.Count);
            Assert.Equal([Text(profile.Merged)], merged.Distinct());
        });
    }

    private static string Text(UserEnrichment enrichment) =>
        JsonSerializer.Serialize(enrichment with { Ttl = TimeSpan.Zero }, FastEnrichJsonContext.Default.UserEnrichment); // what is left of it depends on when one looks

    private static IEnumerable<T[]> Permutations<T>(T[] items) =>
        items.Length <= 1 ? [items] : items.SelectMany((item, place) => Permutations<T>([.. items[..place], .. items[(place + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
