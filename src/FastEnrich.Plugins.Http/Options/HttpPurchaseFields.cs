namespace FastEnrich.Plugins.Http;

/// <summary>Where purchases stand; the paths of their members start at the purchase. One without amount or time is left out.</summary>
public sealed partial record HttpPurchaseFields
{
    /// <summary>Gets the purchases, each by [*].</summary>
    [ConfigProperty(Description = "The purchases, each by [*]", Pattern = HttpOptions.PathPattern)]
    public required string Items { get; init; }

    /// <summary>Gets the product.</summary>
    [ConfigProperty(Description = "The product", Pattern = HttpOptions.PathPattern)]
    public string? ProductId { get; init; }

    /// <summary>Gets the category.</summary>
    [ConfigProperty(Description = "The category", Pattern = HttpOptions.PathPattern)]
    public string? Category { get; init; }

    /// <summary>Gets the amount.</summary>
    [ConfigProperty(Description = "The amount", Pattern = HttpOptions.PathPattern)]
    public required string Amount { get; init; }

    /// <summary>Gets the currency, ISO 4217.</summary>
    [ConfigProperty(Description = "The currency, ISO 4217", Pattern = HttpOptions.PathPattern)]
    public string? Currency { get; init; }

    /// <summary>Gets the time: RFC 3339, or milliseconds since 1970.</summary>
    [ConfigProperty(Description = "The time: RFC 3339, or milliseconds since 1970", Pattern = HttpOptions.PathPattern)]
    public required string Timestamp { get; init; }

    /// <summary>Gets the channel.</summary>
    [ConfigProperty(Description = "The channel", Pattern = HttpOptions.PathPattern)]
    public string? Channel { get; init; }
}
