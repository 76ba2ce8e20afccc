using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Lets an option be set (FE2008). A property that computes its value is left to its author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InitCodeFix)), Shared]
public sealed class InitCodeFix : TextCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["FE2008"];

    internal override Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TextFix>>(
            node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { AccessorList.Accessors: [{ Body: null, ExpressionBody: null } getter] } property && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
                ? [new($"Add 'init' to '{property.Identifier.ValueText}'", "init", [Edit.Insert(getter.Span.End, " init;")])]
                : []);
}
