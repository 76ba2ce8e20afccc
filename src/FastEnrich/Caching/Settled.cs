namespace FastEnrich.Caching;

/// <summary>What follows from a slot that settled: callers to answer, parked fetches to start, and how the entry's size changed.</summary>
internal readonly record struct Settled(ProfileWait? Done, Fetch? Ready, long Bytes, long Decoded);
