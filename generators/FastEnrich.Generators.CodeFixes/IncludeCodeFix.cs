using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Makes a private member with <c>[JsonInclude]</c> internal (FE3006). A context of System.Text.Json would refuse it at run time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncludeCodeFix)), Shared]
public sealed class IncludeCodeFix : TextCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FE3006"];

    internal override Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var access = node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is PropertyDeclarationSyntax or FieldDeclarationSyntax
            ? node.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.Modifiers.Where(static m => m.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword).ToArray()
            : [];
        return Task.FromResult<IReadOnlyList<TextFix>>(access.Length == 1 ? [new("Make it internal", "internal", [new(access[0].Span, "internal")])] : []);
    }
}
