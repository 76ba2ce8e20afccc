namespace FastEnrich.Redis.Telemetry;

/// <summary>What becomes of reads.</summary>
internal static class ReadOutcome
{
    public const string Ok = "ok";
    public const string Timeout = "timeout";
    public const string Error = "error";

    /// <summary>Not asked: no connection.</summary>
    public const string Away = "away";

    /// <summary>Not asked: too many are in flight.</summary>
    public const string Busy = "busy";

    /// <summary>Not asked: the breaker is open.</summary>
    public const string Open = "open";

    /// <summary>Not asked: a forget of the user is still to be confirmed.</summary>
    public const string Forgotten = "forgotten";
}
