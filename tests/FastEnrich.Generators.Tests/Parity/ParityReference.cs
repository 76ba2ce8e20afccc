using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Written by System.Text.Json's own generator. Metadata only: its fast path writes a null byte[] as "", unlike every other way of writing.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ParityClass))]
[JsonSerializable(typeof(ParityRecord))]
[JsonSerializable(typeof(ParityStruct))]
[JsonSerializable(typeof(ParityPositional))]
[JsonSerializable(typeof(ParityPositionalStruct))]
internal sealed partial class ParityReference : JsonSerializerContext;
