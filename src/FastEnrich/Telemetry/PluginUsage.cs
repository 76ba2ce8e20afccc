namespace FastEnrich.Telemetry;

/// <summary>What all instances of one plugin used of its upstream, reloads included. Thread-safe.</summary>
internal sealed class PluginUsage
{
    private long _batches;
    private long _batchedUsers;
    private long _calls;
    private long _lastUsedAt;

    public UpstreamUsage Upstream { get; } = new();

    public long Batches => Volatile.Read(ref _batches);

    public long BatchedUsers => Volatile.Read(ref _batchedUsers);

    /// <summary>How often the plugin was asked for a user. Retries are no further calls, and reads from memory none.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>UTC ticks of the last call's end; 0 for none.</summary>
    public long LastUsedAt => Volatile.Read(ref _lastUsedAt);

    public void AddCall(long now)
    {
        Interlocked.Increment(ref _calls);
        Volatile.Write(ref _lastUsedAt, now);
    }

    public void AddBatch(int users)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _batchedUsers, users);
    }
}
