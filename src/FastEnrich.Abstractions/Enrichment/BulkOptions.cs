namespace FastEnrich;

/// <summary>How a stream of users is enriched.</summary>
public readonly record struct BulkOptions
{
    /// <summary>Gets whether profiles are returned as they complete instead of in the order of the input.</summary>
    public bool AsCompleted { get; init; }

    /// <summary>Gets how each user is enriched. Its deadline counts from when the user enters the window.</summary>
    public EnrichOptions Each { get; init; }
}
