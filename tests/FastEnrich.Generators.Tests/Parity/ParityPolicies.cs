using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The same types under each naming policy.</summary>
public static class ParityPolicies
{
    [EnrichmentPlugin("parity-camel"), JsonPayload(typeof(ParityNamed.NamedAll), NamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    public sealed class CamelCase : ParityPluginBase;

    [EnrichmentPlugin("parity-snake-lower"), JsonPayload(typeof(ParityNamed.NamedAll), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    public sealed class SnakeCaseLower : ParityPluginBase;

    [EnrichmentPlugin("parity-snake-upper"), JsonPayload(typeof(ParityNamed.NamedAll), NamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper)]
    public sealed class SnakeCaseUpper : ParityPluginBase;

    [EnrichmentPlugin("parity-kebab-lower"), JsonPayload(typeof(ParityNamed.NamedAll), NamingPolicy = JsonKnownNamingPolicy.KebabCaseLower)]
    public sealed class KebabCaseLower : ParityPluginBase;

    [EnrichmentPlugin("parity-kebab-upper"), JsonPayload(typeof(ParityNamed.NamedAll), NamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper)]
    public sealed class KebabCaseUpper : ParityPluginBase;
}
