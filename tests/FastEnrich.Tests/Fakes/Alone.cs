namespace FastEnrich.Tests.Fakes;

/// <summary>Tests that measure the heap, and so run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
