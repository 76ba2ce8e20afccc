namespace FastEnrich.Configuration.Schema;

/// <summary>One key that a reader of configuration asked for, and what it takes there.</summary>
internal sealed record SchemaEntry(string Key, SchemaKind Kind, string Expected)
{
    /// <summary>Gets the smallest number, in seconds or bytes where it is a duration or a size.</summary>
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public bool IsAboveMinimum { get; init; }

    /// <summary>Gets the words of which one stands there; <see langword="null"/> for any text.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }

    public bool IsSensitive { get; init; }

    /// <summary>Gets what a mapping, or each item of a list, may hold.</summary>
    public SchemaSection? Section { get; init; }
}
