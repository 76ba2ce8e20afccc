namespace FastEnrich.Caching;

/// <summary>What a request does with a slot.</summary>
internal enum SlotDecision
{
    /// <summary>Serve what is held.</summary>
    Serve,

    /// <summary>Serve what is held, and claim the slot for a refresh in the background.</summary>
    Revalidate,

    /// <summary>Claim the slot and wait.</summary>
    Fetch,

    /// <summary>Wait for the fetch that has claimed the slot.</summary>
    Join,
}
