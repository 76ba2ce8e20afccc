namespace FastEnrich;

/// <summary>One purchase of a user. Empty texts are omitted on the wire.</summary>
public sealed record PurchaseEvent
{
    /// <summary>Gets the product.</summary>
    public string? ProductId { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the product's category.</summary>
    public string? Category { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the amount in <see cref="Currency"/>.</summary>
    public decimal Amount { get; init; }

    /// <summary>Gets the currency, an ISO 4217 code.</summary>
    public string? Currency { get; init => field = Omit.Empty(value); }

    /// <summary>Gets when it was bought.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Gets the channel it was bought through.</summary>
    public string? Channel { get; init => field = Omit.Empty(value); }

    /// <summary>Returns the type's name, and nothing of the user.</summary>
    /// <returns>The type's name.</returns>
    public override string ToString() => nameof(PurchaseEvent);
}
