using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Makes a record with a secret partial, and the types around it (FE2007).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialCodeFix)), Shared]
public sealed class PartialCodeFix() : TextCodeFix("FE2007")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node)
    {
        var types = node.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().ToArray();
        var changes = types
            .Where(static t => !t.Modifiers.Any(SyntaxKind.PartialKeyword))
            .Select(static t => Edit.Insert(t.Keyword.SpanStart, "partial "))
            .ToArray();
        return changes.Length == 0 ? [] : [new($"Make '{types[0].Identifier.ValueText}' partial", "partial", changes)];
    }
}
