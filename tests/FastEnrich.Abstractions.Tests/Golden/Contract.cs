using System.Text.Json;

namespace FastEnrich.Golden;

/// <summary>The objects that the golden files describe.</summary>
internal static class Contract
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static UserEnrichment FullEnrichment() => new()
    {
        Demographics = new Demographics
        {
            Age = 0,
            Gender = "female",
            Location = "Kreuzberg, Berlin",
            Country = "DE",
            City = "Berlin",
            Income = "50000-60000",
            Education = "master",
            Occupation = "engineer",
            MaritalStatus = "married",
        },
        Interests = ["cycling", "cooking"],
        SocialConnections = new SocialConnections
        {
            Platforms = ["x", "facebook"],
            Connections = 1200,
            Influence = 0.25,
            Communities = ["dotnet"],
            Interactions = Map(("likes", "1.10"), ("by_week", "[1,2]")),
        },
        BehaviorPatterns = new BehaviorPatterns
        {
            SessionDuration = TimeSpan.FromMinutes(15) + TimeSpan.FromTicks(1),
            PageViews = 42,
            ConversionRate = 0.5,
            PreferredChannels = ["email"],
            ActivityTimes = ["evening"],
            PurchaseHistory =
            [
                new PurchaseEvent
                {
                    ProductId = "sku-1",
                    Category = "books",
                    Amount = 12.50m,
                    Currency = "EUR",
                    Timestamp = new DateTimeOffset(2026, 3, 1, 10, 20, 30, TimeSpan.Zero),
                    Channel = "web",
                },
            ],
            SearchPatterns = ["bike"],
            EngagementMetrics = Map(("interactions", "[{\"kind\":\"call\"}]")),
        },
        ContextualData = Map(("lead_score", "87"), ("lifecycle_stage", "\"customer\"")),
        Confidence = 0.75,
        Source = "hubspot",
        Timestamp = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(1)),
        Ttl = TimeSpan.FromMinutes(30),
    };

    public static EnrichedProfile FullProfile() => new()
    {
        UserId = "user-1",
        Merged = new UserEnrichment { Demographics = new Demographics { Age = 41 }, Interests = ["cycling"], Confidence = 0.75, Source = "merged", Timestamp = Noon, Ttl = TimeSpan.FromMinutes(10) },
        Enrichments = new Dictionary<string, UserEnrichment>
        {
            ["hubspot"] = new() { Demographics = new Demographics { Age = 41 }, Confidence = 1, Source = "hubspot", Timestamp = Noon, Ttl = TimeSpan.FromMinutes(10) },
            ["x"] = new() { Interests = ["cycling"], Confidence = 0.5, Source = "x", Timestamp = Noon.AddMinutes(5), Ttl = TimeSpan.FromMinutes(15) },
        },
        Status = new Dictionary<string, PluginResultStatus>
        {
            ["hubspot"] = new() { State = PluginState.Fresh, FetchedAt = Noon, FreshUntil = Noon.AddMinutes(10), Origin = ResultOrigin.Upstream },
            ["x"] = new() { State = PluginState.Fresh, FetchedAt = Noon.AddMinutes(5), FreshUntil = Noon.AddMinutes(20), Origin = ResultOrigin.L2 },
        },
        OverallConfidence = 0.75,
        SuccessCount = 2,
        Complete = true,
        Timestamp = Noon.AddMinutes(6),
    };

    public static EnrichedProfile PartialProfile() => new()
    {
        UserId = "a\"b\\c/<é😀\n\0",
        Merged = new UserEnrichment { Demographics = new Demographics { City = "Berlin" }, Confidence = 1, Source = "merged", Timestamp = Noon.AddHours(-1), Ttl = TimeSpan.Zero },
        Enrichments = new Dictionary<string, UserEnrichment>
        {
            ["hubspot"] = new() { Demographics = new Demographics { City = "Berlin" }, Confidence = 1, Source = "hubspot", Timestamp = Noon.AddHours(-1), Ttl = TimeSpan.FromMinutes(10) },
        },
        Errors = new Dictionary<string, ProfileError>
        {
            ["hubspot"] = new(PluginErrorCode.RateLimitError, "read_contact", "the upstream asks to wait", true),
            ["salesforce"] = new(PluginErrorCode.AuthError, "connect", "INVALID_SESSION_ID", false),
        },
        Status = new Dictionary<string, PluginResultStatus>
        {
            ["hubspot"] = new() { State = PluginState.Stale, FetchedAt = Noon.AddHours(-1), FreshUntil = Noon.AddMinutes(-50), Origin = ResultOrigin.Upstream },
            ["salesforce"] = new() { State = PluginState.Failed },
            ["facebook"] = new() { State = PluginState.NotFound, FetchedAt = Noon.AddMinutes(-30), FreshUntil = Noon.AddMinutes(-25), Origin = ResultOrigin.Upstream },
            ["x"] = new() { State = PluginState.Skipped },
        },
        OverallConfidence = 1,
        SuccessCount = 1,
        ErrorCount = 1,
        Timestamp = Noon.AddMinutes(6),
    };

    public static EnrichedProfile EmptyProfile() => new() { UserId = "user-1", Complete = true, Timestamp = Noon.AddMinutes(6) };

    public static PluginMetadata FullMetadata() => new()
    {
        Name = "hubspot",
        Version = "2.1.0",
        Description = "Contacts and deals",
        Author = "FastEnrich contributors",
        Website = "https://example.com/hubspot",
        License = "MIT",
        Capabilities = ["user_demographics", "lead_scoring"],
        Dependencies = ["salesforce"],
        ConfigSchema = new ConfigSchema
        {
            Properties = new Dictionary<string, ConfigProperty>
            {
                ["api_key"] = new() { Type = ConfigPropertyType.String, Description = "Private-app token", Required = true, Sensitive = true },
                ["timeout"] = new() { Type = ConfigPropertyType.Duration, Description = "Request timeout", Default = "30s", Minimum = 1, Maximum = 300 },
                ["mode"] = new() { Type = ConfigPropertyType.String, Enum = ["id", "email"], Pattern = "^[a-z]+$" },
            },
            Required = ["api_key"],
        },
        Tags = ["crm"],
    };

    public static Dictionary<string, JsonElement> Map(params ReadOnlySpan<(string Name, string Json)> members)
    {
        var map = new Dictionary<string, JsonElement>();
        foreach (var (name, json) in members)
        {
            map.Add(name, JsonElement.Parse(json));
        }

        return map;
    }
}
