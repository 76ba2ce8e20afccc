namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>Tests that watch the thread pool, and so run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
