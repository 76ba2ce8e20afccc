namespace FastEnrich.Simulators;

/// <summary>How the Salesforce simulator behaves. Immutable.</summary>
public sealed record SalesforceSimulatorOptions : UpstreamSimulatorOptions
{
    /// <summary>Gets the version of the API that it offers, and the two before.</summary>
    /// <value>The default is 67.</value>
    public int Version { get; init; } = 67;

    /// <summary>Gets how many API requests it takes in 24 hours.</summary>
    /// <value>At least 1. The default is 1,000,000,000; a developer's organization has 15,000.</value>
    public long RequestsPerDay { get; init; } = 1_000_000_000;

    /// <summary>Gets how many rows a page of a query has.</summary>
    /// <value>At least 1. The default is 2,000, as in Salesforce.</value>
    public int PageSize { get; init; } = 2_000;

    /// <summary>Gets whether the organization has several currencies, so that records name theirs.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool MultiCurrency { get; init; } = true;

    /// <summary>Gets how long tokens live.</summary>
    /// <value>More than zero; <see langword="null"/>, the default, for ever.</value>
    public TimeSpan? TokenLifetime { get; init; }
}
