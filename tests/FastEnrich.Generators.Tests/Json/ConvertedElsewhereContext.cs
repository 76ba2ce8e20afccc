using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

[JsonSerializable(typeof(ConvertedByObject))]
[JsonSerializable(typeof(ConvertedMember))]
[JsonSerializable(typeof(ConvertedWrongly))]
internal sealed partial class ConvertedElsewhereContext : JsonSerializerContext;
