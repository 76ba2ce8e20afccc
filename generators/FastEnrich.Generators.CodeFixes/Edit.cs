using System.Linq;
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

    /// <summary>Removes a modifier and the white space behind it; what stands before it stays, and so does a comment.</summary>
    public static TextChange RemoveModifier(SyntaxToken modifier)
    {
        var comment = modifier.TrailingTrivia.Concat(modifier.GetNextToken().LeadingTrivia)
            .FirstOrDefault(static t => t.Kind() is not (SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia));
        return Remove(modifier.SpanStart, comment == default ? modifier.GetNextToken().SpanStart : comment.FullSpan.Start);
    }

    /// <summary>Removes <c> = value;</c> behind an automatic property, unless a directive stands in it.</summary>
    public static TextChange? RemoveInitializer(PropertyDeclarationSyntax property)
    {
        var change = Remove(property.AccessorList!.Span.End, property.SemicolonToken.Span.End);
        return property.DescendantTrivia(change.Span).Any(static t => t.IsDirective) ? null : change;
    }

    /// <summary>Writes a string literal; for texts without quotes, backslashes and control characters.</summary>
    public static string Literal(string text) => SyntaxFactory.Literal(text).Text;
}
