using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Json;

/// <summary>Written by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(PrivatelyIncluded))]
internal sealed partial class PrivatelyIncludedContext : JsonSerializerContext;
