namespace FastEnrich.Simulators;

/// <summary>How the Pipedrive simulator behaves. Immutable.</summary>
public sealed record PipedriveSimulatorOptions : UpstreamSimulatorOptions
{
    /// <summary>Gets the personal API token, which it takes for ever.</summary>
    /// <value>The default looks like a user's, and is no secret.</value>
    public string Token { get; init; } = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Gets how long OAuth tokens live.</summary>
    /// <value>More than zero. The default is an hour.</value>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Gets how many requests it takes in 2 seconds.</summary>
    /// <value>At least 1. The default is 100,000; Pipedrive's own limits are 20 to 480.</value>
    public int RequestsPerTwoSeconds { get; init; } = 100_000;

    /// <summary>Gets how many searches it takes in 2 seconds.</summary>
    /// <value>At least 1. The default is 100,000; Pipedrive's own limit is 10.</value>
    public int SearchesPerTwoSeconds { get; init; } = 100_000;

    /// <summary>Gets the company's budget of API tokens a day.</summary>
    /// <value>At least 1. The default is 1,000,000,000; Pipedrive's own start at 30,000 a seat.</value>
    public long TokensPerDay { get; init; } = 1_000_000_000;
}
