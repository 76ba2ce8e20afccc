using System.Text.Json.Serialization;
using FastEnrich.Generators.Tests.Samples;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>Written by System.Text.Json's own generator. Metadata only: its fast path writes a null byte[] as "", unlike every other way of writing.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SamplePayload))]
internal sealed partial class ReferenceContext : JsonSerializerContext;
