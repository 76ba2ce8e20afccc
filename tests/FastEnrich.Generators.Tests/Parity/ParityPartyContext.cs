using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>What the author of <see cref="ParityOwnedPlugin"/> declares for the members that our generator refuses.</summary>
[JsonSerializable(typeof(ParityOwned.Party))]
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class ParityPartyContext : JsonSerializerContext;
