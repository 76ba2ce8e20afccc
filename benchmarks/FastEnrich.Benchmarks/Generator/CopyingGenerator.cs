using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Benchmarks.Generator;

/// <summary>What it costs the compiler alone to hold files that a generator wrote once and never again.</summary>
internal sealed class CopyingGenerator(ImmutableArray<GeneratedSourceResult> files) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.ParseOptionsProvider.SelectMany((_, _) => files),
        static (output, file) => output.AddSource("Copied." + file.HintName, file.SourceText));
}
