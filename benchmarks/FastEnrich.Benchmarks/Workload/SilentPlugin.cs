namespace FastEnrich.Benchmarks.Workload;

/// <summary>An upstream that never answers, and a plugin that does not listen to its token.</summary>
internal sealed class SilentPlugin : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
        new(new TaskCompletionSource<EnrichmentResult>().Task);
}
