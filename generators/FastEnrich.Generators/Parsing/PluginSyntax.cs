using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>Finds the classes marked <c>[EnrichmentPlugin]</c> by what the attribute may be called, before anything is bound.</summary>
internal static class PluginSyntax
{
    private const string Short = "EnrichmentPlugin";
    private const string Full = "EnrichmentPluginAttribute";

    /// <summary>The names that stand for the attribute: its own, and what <c>using</c> calls it in any file.</summary>
    public static HashSet<string> Names(IEnumerable<SyntaxTree> files, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { Short, Full };
        var aliases = files.SelectMany(f => Declarations(f.GetRoot(cancellationToken)).OfType<UsingDirectiveSyntax>())
            .Where(static u => u is { Alias: not null, NamespaceOrType: NameSyntax })
            .Select(static u => (Alias: u.Alias!.Name.Identifier.ValueText, Target: Last((NameSyntax)u.NamespaceOrType)))
            .ToArray();
        while (aliases.Any(a => names.Contains(a.Target) && names.Add(a.Alias))) // an alias may stand for a global one
        {
        }

        return names;
    }

    public static ImmutableArray<ParseResult> Parse(SyntaxTree file, Compilation compilation, HashSet<string> names, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var marked = Declarations(file.GetRoot(cancellationToken)).OfType<TypeDeclarationSyntax>().Where(t => IsMarked(t, names)).ToArray();
        if (marked.Length == 0)
        {
            return [];
        }

        var semantics = compilation.GetSemanticModel(file);
        var results = ImmutableArray.CreateBuilder<ParseResult>();
        foreach (var declaration in marked)
        {
            // A class that is marked twice, which the compiler refuses, is one plugin all the same: the first mark counts, in whichever file it stands.
            if (semantics.GetDeclaredSymbol(declaration, cancellationToken) is { } type
                && type.Attribute("FastEnrich", Full) is { ApplicationSyntaxReference: { } at } attribute && at.SyntaxTree == file && declaration.Span.Contains(at.Span))
            {
                results.Add(PluginParser.Parse(declaration, type, attribute, compilation, cancellationToken));
            }
        }

        return results.ToImmutable();
    }

    private static IEnumerable<SyntaxNode> Declarations(SyntaxNode root) =>
        root.DescendantNodes(static n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax);

    private static bool IsMarked(TypeDeclarationSyntax type, HashSet<string> names) =>
        type.AttributeLists.Any(l => l.Attributes.Any(a => Last(a.Name) is var name && (names.Contains(name) || names.Contains(name + "Attribute"))));

    private static string Last(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
