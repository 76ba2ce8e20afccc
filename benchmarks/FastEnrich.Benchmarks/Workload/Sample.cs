using System.Text.Json;

namespace FastEnrich.Benchmarks.Workload;

/// <summary>Results of the size that real upstreams give: about 1.4 kB of JSON over five plugins.</summary>
internal static class Sample
{
    private static readonly DateTimeOffset s_read = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static string PluginName(int plugin) => $"p{plugin:00}";

    /// <summary>A fresh string each time: no contestant may win by comparing references.</summary>
    public static string UserId(int user) => $"user-{10_000_000 + user}";

    public static UserEnrichment Enrichment(int plugin, int user)
    {
        var enrichment = new UserEnrichment
        {
            Confidence = 0.5 + (plugin % 5 * 0.1),
            Source = PluginName(plugin),
            Timestamp = s_read.AddSeconds(-user % 3600),
            Ttl = TimeSpan.FromHours(1),
        };
        return (plugin % 5) switch
        {
            0 => enrichment with
            {
                Demographics = new() { Age = 20 + (user % 60), Gender = "female", Country = "DE", City = $"Berlin-{user % 997}", Occupation = "engineer" },
                Interests = [$"cycling-{user % 91}", $"cooking-{user % 83}", "travel"],
            },
            1 => enrichment with
            {
                BehaviorPatterns = new() { PurchaseHistory = [new() { ProductId = $"sku-{user}", Category = "books", Amount = 12.5m, Currency = "EUR", Timestamp = s_read }] },
                ContextualData = new Dictionary<string, JsonElement> { ["lead_score"] = JsonElement.Parse("87"), ["lifecycle_stage"] = JsonElement.Parse("\"customer\"") },
            },
            2 => enrichment with
            {
                SocialConnections = new()
                {
                    Platforms = ["facebook"],
                    Connections = user % 5000,
                    Influence = 0.3,
                    Communities = ["group-1", $"group-{user % 503}"],
                },
            },
            3 => enrichment with { SocialConnections = new() { Platforms = ["x"], Connections = user % 9000, Influence = 0.7, Communities = ["list-1", $"list-{user % 607}"] } },
            _ => enrichment with
            {
                BehaviorPatterns = new() { SessionDuration = TimeSpan.FromMinutes(15), PageViews = user % 300, PreferredChannels = ["email", "push"] },
                Interests = [$"segment-{user % 11}", $"cohort-{user % 29}"],
            },
        };
    }
}
