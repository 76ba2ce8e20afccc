namespace FastEnrich.Telemetry;

/// <summary>What all instances of one plugin used of its upstream, reloads included. Thread-safe.</summary>
internal sealed class PluginUsage
{
    private long _batches;
    private long _batchedUsers;

    public UpstreamUsage Upstream { get; } = new();

    public long Batches => Volatile.Read(ref _batches);

    public long BatchedUsers => Volatile.Read(ref _batchedUsers);

    public void AddBatch(int users)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _batchedUsers, users);
    }
}
