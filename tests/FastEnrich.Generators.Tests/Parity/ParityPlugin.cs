namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Has our generator write what <see cref="ParityReference"/> has System.Text.Json's write.</summary>
[EnrichmentPlugin("parity")]
[JsonPayload(typeof(ParityClass))]
[JsonPayload(typeof(ParityRecord))]
[JsonPayload(typeof(ParityStruct))]
[JsonPayload(typeof(ParityPositional))]
[JsonPayload(typeof(ParityPositionalStruct))]
public sealed class ParityPlugin : IEnrichmentPlugin
{
    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
}
