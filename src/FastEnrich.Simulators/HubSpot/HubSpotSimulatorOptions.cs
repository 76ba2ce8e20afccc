namespace FastEnrich.Simulators;

/// <summary>How the HubSpot simulator behaves. Immutable.</summary>
public sealed record HubSpotSimulatorOptions : UpstreamSimulatorOptions
{
    /// <summary>Gets the token of a private app, which it takes for ever.</summary>
    /// <value>The default looks like a private app's, and is no secret.</value>
    public string Token { get; init; } = "pat-simulated-00000000-0000-0000-0000-000000000000";

    /// <summary>Gets how long OAuth tokens live.</summary>
    /// <value>More than zero. The default is 30 minutes, HubSpot's own.</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets how many requests it takes in 10 seconds.</summary>
    /// <value>At least 1. The default is 100,000; HubSpot's own limits are 100 to 190.</value>
    public int RequestsPerTenSeconds { get; init; } = 100_000;

    /// <summary>Gets how many requests it takes in a day.</summary>
    /// <value>At least 1. The default is 1,000,000,000; HubSpot's own limits are 250,000 to 1,000,000.</value>
    public int RequestsPerDay { get; init; } = 1_000_000_000;
}
