using System.ComponentModel;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>What HybridCache may hand out without a copy: a sealed type that says it is immutable.</summary>
[ImmutableObject(true)]
internal sealed record CachedEnrichment(UserEnrichment Enrichment);
