namespace FastEnrich.Tests.Fakes;

/// <summary>A plugin that sends one request for each user, to nobody, and is billed five units for it.</summary>
internal sealed class BilledPlugin(UpstreamClient upstream) : IEnrichmentPlugin
{
    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        upstream.Usage.AddCredits(5);
        using var message = new HttpRequestMessage(HttpMethod.Get, "no address at all");
        await upstream.SendAsync(message, "read", cancellationToken);
        return EnrichmentResult.NotFound();
    }
}
