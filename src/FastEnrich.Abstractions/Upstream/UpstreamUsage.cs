namespace FastEnrich;

/// <summary>Counts what a plugin instance used of its upstream. Thread-safe.</summary>
public sealed class UpstreamUsage
{
    private long _requests;
    private long _credits;

    /// <summary>Gets how many requests were sent, those for tokens included.</summary>
    public long Requests => Volatile.Read(ref _requests);

    /// <summary>Gets how many of the upstream's own units were used, where it has some (tokens, resources, calls within a batch).</summary>
    public long Credits => Volatile.Read(ref _credits);

    /// <summary>Adds to the upstream's own units.</summary>
    /// <param name="credits">How many; zero or more.</param>
    public void AddCredits(long credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        Interlocked.Add(ref _credits, credits);
    }

    internal void AddRequest() => Interlocked.Increment(ref _requests);
}
