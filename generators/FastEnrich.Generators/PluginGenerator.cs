using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators;

/// <summary>Generator.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PluginGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
    }
}
