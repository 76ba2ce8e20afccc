using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>
/// One parsed plugin and what is wrong with it. Not equatable on purpose: only <see cref="Model"/> goes on to the outputs,
/// while the diagnostics keep real locations, which <c>#pragma</c> needs.
/// </summary>
internal sealed class ParseResult(ParsedPlugin model, Location nameLocation, ImmutableArray<Diagnostic> diagnostics)
{
    public ParsedPlugin Model { get; } = model;

    public Location NameLocation { get; } = nameLocation;

    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Gets the files that something is said of.</summary>
    public IEnumerable<SyntaxTree> Places => Diagnostics.Select(static d => d.Location.SourceTree).Prepend(NameLocation.SourceTree).OfType<SyntaxTree>();
}
