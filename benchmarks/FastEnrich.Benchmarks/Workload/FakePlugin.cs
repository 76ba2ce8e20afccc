namespace FastEnrich.Benchmarks.Workload;

/// <summary>An upstream that answers at once, but not synchronously: what is left is what the engine, or its peer, costs.</summary>
internal sealed class FakePlugin(UserEnrichment enrichment) : IEnrichmentPlugin
{
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return EnrichmentResult.Found(enrichment);
    }
}
