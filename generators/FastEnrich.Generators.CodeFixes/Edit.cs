using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>The changes of text that fixes are made of.</summary>
internal static class Edit
{
    public static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    public static TextChange Replace(SyntaxNode node, string text) => new(node.Span, text);

    public static TextChange Remove(int start, int end) => new(TextSpan.FromBounds(start, end), "");

    /// <summary>Removes a modifier and the space behind it; what stands before it stays.</summary>
    public static TextChange RemoveModifier(SyntaxToken modifier) => Remove(modifier.SpanStart, modifier.GetNextToken().SpanStart);

    /// <summary>Removes <c> = value;</c> behind an automatic property.</summary>
    public static TextChange RemoveInitializer(PropertyDeclarationSyntax property) => Remove(property.AccessorList!.Span.End, property.SemicolonToken.Span.End);

    /// <summary>Writes a string literal; for texts without quotes, backslashes and control characters.</summary>
    public static string Literal(string text) => SyntaxFactory.Literal(text).Text;
}
