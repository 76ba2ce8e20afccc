namespace FastEnrich;

/// <summary>What is held of a user for one plugin.</summary>
/// <param name="State">The state a caller would see now.</param>
/// <param name="FetchedAt">When the value was fetched.</param>
/// <param name="FreshUntil">Until when it is fresh.</param>
/// <param name="Origin">Where this process got it from.</param>
/// <param name="InFlight">Whether a fetch is running or waiting.</param>
/// <param name="Bytes">How many bytes the value counts for.</param>
public sealed record SlotInspection(PluginState? State, DateTimeOffset? FetchedAt, DateTimeOffset? FreshUntil, ResultOrigin? Origin, bool InFlight, long Bytes);
