namespace FastEnrich.Caching;

/// <summary>What follows from a slot that settled: callers to answer, and fetches that can go on.</summary>
internal readonly record struct Settled(ProfileWait? Done, Fetch? Ready);
