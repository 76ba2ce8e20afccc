using FastEnrich.Caching;

namespace FastEnrich.Testing;

/// <summary>A record, and the generation of its plugin's records that it belongs to.</summary>
internal sealed record ChaosRecord(StoredSlot Slot, long Generation);
