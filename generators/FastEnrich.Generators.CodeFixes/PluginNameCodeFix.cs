using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Turns a plugin's name into kebab-case (FE1002).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PluginNameCodeFix)), Shared]
public sealed class PluginNameCodeFix() : TextCodeFix("FE1002")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node)
    {
        var literal = node as LiteralExpressionSyntax ?? (node as AttributeArgumentSyntax)?.Expression as LiteralExpressionSyntax;
        var name = literal is not null && literal.IsKind(SyntaxKind.StringLiteralExpression) ? KebabCase.From(literal.Token.ValueText) : null;
        return name is null ? [] : [new($"Name it '{name}'", "kebab-case", [Edit.Replace(literal!, Edit.Literal(name))])];
    }
}
