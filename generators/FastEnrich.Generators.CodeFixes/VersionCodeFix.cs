using System.Composition;
using System.Linq;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Completes a version to its three numbers (FE1013).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(VersionCodeFix)), Shared]
public sealed class VersionCodeFix() : TextCodeFix("FE1013")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node)
    {
        var literal = node as LiteralExpressionSyntax;
        var version = literal is not null && literal.IsKind(SyntaxKind.StringLiteralExpression) ? Complete(literal.Token.ValueText) : null;
        return version is null ? [] : [new($"Make it '{version}'", "complete", [Edit.Replace(literal!, Edit.Literal(version))])];
    }

    /// <summary>Adds the numbers that are missing, and takes away a <c>v</c> and leading zeros; a fourth number has no place to go.</summary>
    private static string? Complete(string text)
    {
        var version = text.Trim().TrimStart('v', 'V');
        var end = version.IndexOfAny(['-', '+']);
        var (numbers, rest) = end < 0 ? (version, "") : (version.Substring(0, end), version.Substring(end));
        var parts = numbers.Split('.').Select(static p => p.TrimStart('0') is { Length: > 0 } number ? number : p.Length > 0 ? "0" : "").ToList();
        while (parts.Count < 3)
        {
            parts.Add("0");
        }

        var complete = string.Join(".", parts) + rest;
        return PluginTexts.IsVersion(complete) ? complete : null;
    }
}
