using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Tests.Driver;

/// <summary>What one run of the generator gave.</summary>
internal sealed record GeneratorRun(Compilation Output, ImmutableArray<Diagnostic> Diagnostics, GeneratorRunResult Result)
{
    /// <summary>Gets what the compiler says of the sources and of what was generated.</summary>
    public IEnumerable<Diagnostic> Complaints => Output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning);

    public string Source(string hintNamePart) => Result.GeneratedSources.Single(s => s.HintName.Contains(hintNamePart, StringComparison.Ordinal)).SourceText.ToString();
}
