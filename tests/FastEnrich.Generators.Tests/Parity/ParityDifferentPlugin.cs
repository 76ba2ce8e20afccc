namespace FastEnrich.Generators.Tests.Parity;

/// <summary>Our side of the differences.</summary>
[EnrichmentPlugin("parity-different")]
[JsonPayload(typeof(ParityDifferent.Initialised))]
[JsonPayload(typeof(ParityDifferent.Chained))]
[JsonPayload(typeof(ParityDifferent.PrivatelySet))]
[JsonPayload(typeof(ParityDifferent.Fixed))]
[JsonPayload(typeof(ParityDifferent.FilledBeside))]
[JsonPayload(typeof(ParityDifferent.Fields))]
[JsonPayload(typeof(ParityDifferent.Mistaken))]
[JsonPayload(typeof(ParityDifferent.Binary))]
[JsonPayload(typeof(ParityDifferent.Unread))]
public sealed class ParityDifferentPlugin : ParityPluginBase;
