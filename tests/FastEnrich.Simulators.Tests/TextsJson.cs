using System.Text.Json.Serialization;

namespace FastEnrich.Simulators.Tests;

[JsonSerializable(typeof(string[]))]
internal sealed partial class TextsJson : JsonSerializerContext;
