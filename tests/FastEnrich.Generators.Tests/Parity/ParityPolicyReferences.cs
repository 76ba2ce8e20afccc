using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The same types under each naming policy, by System.Text.Json's generator.</summary>
internal static partial class ParityPolicyReferences
{
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase), JsonSerializable(typeof(ParityNamed.NamedAll))]
    internal sealed partial class CamelCase : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower), JsonSerializable(typeof(ParityNamed.NamedAll))]
    internal sealed partial class SnakeCaseLower : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseUpper), JsonSerializable(typeof(ParityNamed.NamedAll))]
    internal sealed partial class SnakeCaseUpper : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseLower), JsonSerializable(typeof(ParityNamed.NamedAll))]
    internal sealed partial class KebabCaseLower : JsonSerializerContext;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper), JsonSerializable(typeof(ParityNamed.NamedAll))]
    internal sealed partial class KebabCaseUpper : JsonSerializerContext;
}
