using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The same types under each naming policy.</summary>
public static class ParityPolicies
{
    [EnrichmentPlugin("parity-camel")]
    [JsonPayload(typeof(ParityNamed.NamedClass), NamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonPayload(typeof(ParityNamed.NamedRecord), NamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonPayload(typeof(ParityNamed.NamedStruct), NamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    public sealed class CamelCase : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
    }

    [EnrichmentPlugin("parity-snake-lower")]
    [JsonPayload(typeof(ParityNamed.NamedClass), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonPayload(typeof(ParityNamed.NamedRecord), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonPayload(typeof(ParityNamed.NamedStruct), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    public sealed class SnakeCaseLower : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
    }

    [EnrichmentPlugin("parity-snake-upper")]
    [JsonPayload(typeof(ParityNamed.NamedClass), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
    [JsonPayload(typeof(ParityNamed.NamedRecord), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
    [JsonPayload(typeof(ParityNamed.NamedStruct), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
    public sealed class SnakeCaseUpper : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
    }

    [EnrichmentPlugin("parity-kebab-lower")]
    [JsonPayload(typeof(ParityNamed.NamedClass), NamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
    [JsonPayload(typeof(ParityNamed.NamedRecord), NamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
    [JsonPayload(typeof(ParityNamed.NamedStruct), NamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
    public sealed class KebabCaseLower : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
    }

    [EnrichmentPlugin("parity-kebab-upper")]
    [JsonPayload(typeof(ParityNamed.NamedClass), NamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
    [JsonPayload(typeof(ParityNamed.NamedRecord), NamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
    [JsonPayload(typeof(ParityNamed.NamedStruct), NamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
    public sealed class KebabCaseUpper : IEnrichmentPlugin
    {
        public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());
    }
}
