using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastEnrich.Generators.Diagnostics;

/// <summary>Finds plugins that keep state where all engines of a process share it. What the generator writes does not depend on it, so it is no part of the pipeline.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StaticStateAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.MutableStatic];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (context.Symbol.Attribute("FastEnrich", "EnrichmentPluginAttribute") is null)
        {
            return;
        }

        foreach (var field in ((INamedTypeSymbol)context.Symbol).GetMembers().OfType<IFieldSymbol>().Where(static f => f is { IsStatic: true, IsReadOnly: false, IsConst: false }))
        {
            var named = field.AssociatedSymbol ?? field;
            if (named.Place() is { } place)
            {
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.MutableStatic, place, named.Name));
            }
        }
    }
}
