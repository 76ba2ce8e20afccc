namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A plugin that is here for its payloads.</summary>
public abstract class ParityPluginBase : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
}
