namespace FastEnrich.Simulators;

/// <summary>A deal of a simulated user; won ones are purchases.</summary>
public sealed record SimulatedDeal
{
    /// <summary>Gets the deal's record id, digits.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the product's stock-keeping unit.</summary>
    public required string Product { get; init; }

    /// <summary>Gets the product's category.</summary>
    public required string Category { get; init; }

    /// <summary>Gets how many pieces were bought; the deal has one line item.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the amount in <see cref="Currency"/>, for all pieces.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Gets the currency, ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Gets the stage: <c>closedwon</c>, <c>closedlost</c> or an open one.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets when the deal was closed, or is expected to be.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Gets the source that led to the deal, by HubSpot's names.</summary>
    public required string Source { get; init; }
}
