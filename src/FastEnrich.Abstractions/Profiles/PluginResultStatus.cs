namespace FastEnrich;

/// <summary>How one plugin contributed to a profile, and how old that is. Times are absolute, so a snapshot never lies.</summary>
public sealed record PluginResultStatus
{
    /// <summary>Gets the state.</summary>
    public required PluginState State { get; init; }

    /// <summary>Gets when the upstream was asked for the value: of two values the later is the newer, however long either answer took.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>Gets until when the value is fresh.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>Gets where this process got the value from.</summary>
    public ResultOrigin? Origin { get; init; }

    /// <summary>Computes the age of the value.</summary>
    /// <param name="now">The reader's time.</param>
    /// <returns>The age, never negative; <see langword="null"/> without a value.</returns>
    public TimeSpan? AgeAt(DateTimeOffset now) =>
        FetchedAt is not { } fetched ? null : now > fetched ? now - fetched : TimeSpan.Zero;
}
