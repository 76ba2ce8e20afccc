using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>System.Text.Json's generator on all of <see cref="ParityOwnedPlugin"/>'s payloads.</summary>
[JsonSerializable(typeof(ParityOwned.Deal))]
internal sealed partial class ParityOwnedReference : JsonSerializerContext;
