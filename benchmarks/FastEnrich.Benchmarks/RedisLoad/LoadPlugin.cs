using FastEnrich.Benchmarks.Workload;

namespace FastEnrich.Benchmarks.RedisLoad;

/// <summary>An upstream that answers at once, and counts.</summary>
internal sealed class LoadPlugin(int ordinal) : IEnrichmentPlugin
{
    private readonly UserEnrichment _enrichment = Sample.Enrichment(ordinal, ordinal);
    private long _calls;

    public long Calls => Interlocked.Read(ref _calls);

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return new(EnrichmentResult.Found(_enrichment));
    }
}
