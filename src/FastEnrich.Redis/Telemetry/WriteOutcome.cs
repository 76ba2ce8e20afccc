namespace FastEnrich.Redis.Telemetry;

/// <summary>What becomes of records on their way to Redis.</summary>
internal static class WriteOutcome
{
    public const string Written = "written";

    /// <summary>Redis holds one that is as new.</summary>
    public const string Kept = "kept";

    /// <summary>The user was erased, or the plugin dropped, since the flight read.</summary>
    public const string Refused = "refused";

    /// <summary>A newer one for the same user and plugin took its place in the queue.</summary>
    public const string Merged = "merged";

    /// <summary>Waited too long for a connection.</summary>
    public const string Expired = "expired";

    public const string Oversize = "oversize";

    /// <summary>No room in the queue.</summary>
    public const string Dropped = "dropped";

    public const string Failed = "failed";
}
