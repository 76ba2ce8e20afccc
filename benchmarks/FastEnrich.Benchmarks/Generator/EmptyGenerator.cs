using Microsoft.CodeAnalysis;

namespace FastEnrich.Benchmarks.Generator;

/// <summary>What a generator costs that does nothing.</summary>
internal sealed class EmptyGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
