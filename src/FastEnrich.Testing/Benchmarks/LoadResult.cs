namespace FastEnrich.Testing;

/// <summary>What a load showed.</summary>
/// <param name="Latencies">The calls' times in ticks, shortest first.</param>
/// <param name="Failures">How many calls failed, by what.</param>
/// <param name="Elapsed">How long all took.</param>
/// <param name="Allocated">The bytes allocated meanwhile by the process.</param>
internal sealed record LoadResult(long[] Latencies, IReadOnlyDictionary<string, int> Failures, TimeSpan Elapsed, long Allocated)
{
    public int Failed => Failures.Values.Sum();

    public double SuccessRate => Latencies.Length == 0 ? 0 : 1 - ((double)Failed / Latencies.Length);

    public double Throughput => Latencies.Length / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>The nearest rank: the shortest time that so many of the calls kept to.</summary>
    public TimeSpan Percentile(double share) =>
        Latencies.Length == 0 ? TimeSpan.Zero : new TimeSpan(Latencies[Math.Clamp((int)Math.Ceiling(share * Latencies.Length) - 1, 0, Latencies.Length - 1)]);
}
