namespace FastEnrich.Caching;

/// <summary>What came of one caller's step: a profile at once, or a wait, and the fetches to start either way.</summary>
internal readonly record struct BeginResult(EnrichedProfile? Profile, ProfileWait? Wait, Fetch? Claimed)
{
    /// <summary>The entry left the table, or knows newer plugins than the request does: look again.</summary>
    public static BeginResult Retry => default;

    /// <summary>A fetch by another identity is in flight, or callers wait who rely on another one: fetch apart.</summary>
    public static BeginResult Conflict { get; } = new(null, null, null) { IsConflict = true };

    public bool IsConflict { get; private init; }

    public bool MustRetry => Profile is null && Wait is null && !IsConflict;
}
