namespace FastEnrich.Aot;

/// <summary>Answers at once, or never.</summary>
[EnrichmentPlugin("still", Description = "Answers at once, or never")]
public sealed class StillPlugin(StillOptions options) : IEnrichmentPlugin
{
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        if (options.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return EnrichmentResult.Found(new UserEnrichment { Demographics = new Demographics { City = options.City }, Confidence = 1 });
    }
}
