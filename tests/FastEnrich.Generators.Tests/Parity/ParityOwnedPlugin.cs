namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A plugin with a generated context and one of the author's own.</summary>
[EnrichmentPlugin("parity-owned")]
[JsonPayload(typeof(ParityOwned.Deal))]
[JsonPayload(Context = typeof(ParityPartyContext))]
public sealed class ParityOwnedPlugin : ParityPluginBase;
