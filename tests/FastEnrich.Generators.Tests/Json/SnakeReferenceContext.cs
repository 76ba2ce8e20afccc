using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Json;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SnakePayload))]
internal sealed partial class SnakeReferenceContext : JsonSerializerContext;
