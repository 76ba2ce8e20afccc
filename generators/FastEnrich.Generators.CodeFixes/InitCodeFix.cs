using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Lets an option be set (FE2008). A property that computes its value is left to its author.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InitCodeFix)), Shared]
public sealed class InitCodeFix() : TextCodeFix("FE2008")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node) =>
        node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { AccessorList.Accessors: [{ Body: null, ExpressionBody: null } getter] } property
        && !property.Modifiers.Any(static m => m.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.OverrideKeyword)
            ? [new($"Add 'init' to '{property.Identifier.ValueText}'", "init", [Edit.Insert(getter.Span.End, " init;")])]
            : [];
}
