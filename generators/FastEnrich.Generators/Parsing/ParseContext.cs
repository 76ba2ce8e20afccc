using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>What all parsers of one plugin share.</summary>
internal sealed class ParseContext(Compilation compilation, Location fallback, CancellationToken cancellationToken)
{
    private readonly ImmutableArray<Diagnostic>.Builder _diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public int ErrorCount { get; private set; }

    /// <summary>Reports at the symbol, or at the plugin when the symbol comes from another assembly.</summary>
    public void Report(DiagnosticDescriptor descriptor, ISymbol at, params object?[] arguments) => Report(descriptor, at.Place(), arguments);

    public void Report(DiagnosticDescriptor descriptor, Location? at, params object?[] arguments) =>
        Add(Diagnostic.Create(descriptor, at ?? fallback, arguments));

    /// <summary>Reports with facts for the code fixes.</summary>
    public void Report(DiagnosticDescriptor descriptor, ISymbol at, ImmutableDictionary<string, string?> facts, params object?[] arguments) =>
        Add(Diagnostic.Create(descriptor, at.Place() ?? fallback, facts, arguments));

    public ImmutableArray<Diagnostic> Diagnostics() => _diagnostics.ToImmutable();

    private void Add(Diagnostic diagnostic)
    {
        ErrorCount += diagnostic.DefaultSeverity == DiagnosticSeverity.Error ? 1 : 0;
        _diagnostics.Add(diagnostic);
    }
}
