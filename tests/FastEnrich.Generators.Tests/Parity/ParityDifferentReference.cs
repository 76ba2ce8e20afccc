using System.Text.Json.Serialization;

namespace FastEnrich.Generators.Tests.Parity;

/// <summary>The other side of the differences, by System.Text.Json's generator.</summary>
[JsonSerializable(typeof(ParityDifferent.Initialised))]
[JsonSerializable(typeof(ParityDifferent.Chained))]
[JsonSerializable(typeof(ParityDifferent.PrivatelySet))]
[JsonSerializable(typeof(ParityDifferent.Fixed))]
[JsonSerializable(typeof(ParityDifferent.FilledBeside))]
[JsonSerializable(typeof(ParityDifferent.Fields))]
[JsonSerializable(typeof(ParityDifferent.Mistaken))]
[JsonSerializable(typeof(ParityDifferent.Binary))]
[JsonSerializable(typeof(ParityDifferent.Unread))]
internal sealed partial class ParityDifferentReference : JsonSerializerContext;
