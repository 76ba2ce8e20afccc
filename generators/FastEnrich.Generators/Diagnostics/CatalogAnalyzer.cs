using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>
/// Finds referenced assemblies with plugins that no generator listed. It looks through their types, which is why it runs once per compilation of an executable
/// and not with every edit, as the generator does.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CatalogAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NoCatalog];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationAction(Analyze);
    }

    private static void Analyze(CompilationAnalysisContext context)
    {
        if (!EnvironmentReader.Environment(context.Compilation, context.CancellationToken).IsExecutable)
        {
            return;
        }

        foreach (var assembly in EnvironmentReader.WithContract(context.Compilation))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!assembly.GetAttributes().Any(EnvironmentReader.IsCatalog) && HasPlugin(assembly.GlobalNamespace))
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.NoCatalog, Location.None, assembly.Name));
            }
        }
    }

    private static bool HasPlugin(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .Any(static member => member.Attribute("FastEnrich", "EnrichmentPluginAttribute") is not null || HasPlugin(member));
}
