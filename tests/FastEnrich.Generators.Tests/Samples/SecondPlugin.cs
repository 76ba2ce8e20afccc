namespace FastEnrich.Generators.Tests.Samples;

[EnrichmentPlugin("second")]
[JsonPayload(typeof(SnakePayload), NamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed class SecondPlugin : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
}
