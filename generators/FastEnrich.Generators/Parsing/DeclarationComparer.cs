using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Parsing;

/// <summary>
/// Says whether two versions of a file declare the same: all but comments, white space, what stands in the bodies of members, and statements at the top,
/// for nothing that is seen from outside depends on these.
/// </summary>
internal static class DeclarationComparer
{
    public static bool AreSame(SyntaxTree before, SyntaxTree after, CancellationToken cancellationToken)
    {
        if (before.FilePath != after.FilePath || !before.Options.Equals(after.Options))
        {
            return false;
        }

        var open = new Stack<(SyntaxNodeOrToken Before, SyntaxNodeOrToken After)>(); // not recursive: expressions nest as deep as their author likes
        open.Push((before.GetRoot(cancellationToken), after.GetRoot(cancellationToken)));
        while (open.Count > 0)
        {
            var (one, other) = open.Pop();
            if (one.IsIncrementallyIdenticalTo(other))
            {
                continue;
            }

            if (one.RawKind != other.RawKind || one.IsMissing != other.IsMissing)
            {
                return false;
            }

            if (one.AsNode() is { } node)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (node is CompilationUnitSyntax && !TopLevelNames(node).SequenceEqual(TopLevelNames(other.AsNode()!), StringComparer.Ordinal))
                {
                    return false;
                }

                if (!IsBody(node) || !IsBody(other.AsNode()!))
                {
                    var (left, right) = (Parts(node), Parts(other.AsNode()!));
                    if (left.Length != right.Length)
                    {
                        return false;
                    }

                    for (var i = 0; i < left.Length; i++)
                    {
                        open.Push((left[i], right[i]));
                    }
                }
            }
            else if (one.AsToken().Text != other.AsToken().Text || !Directives(one.AsToken()).SequenceEqual(Directives(other.AsToken()), StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static SyntaxNodeOrToken[] Parts(SyntaxNode node) => node is CompilationUnitSyntax
        ? [.. node.ChildNodesAndTokens().Where(static c => !IsStatement(c.AsNode()))]
        : [.. node.ChildNodesAndTokens()];

    private static bool IsStatement(SyntaxNode? node) => node is GlobalStatementSyntax { ContainsDirectives: false };

    /// <summary>What top-level statements declare hides what <c>using</c> brings into any file, and that there are any declares the class Program.</summary>
    private static IEnumerable<string> TopLevelNames(SyntaxNode unit)
    {
        var statements = unit.ChildNodes().Where(IsStatement).ToArray();
        var declared = statements.SelectMany(static s => s.DescendantNodes(static n => n is not (BlockSyntax or AnonymousFunctionExpressionSyntax))).Select(static n => n switch
        {
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            LocalFunctionStatementSyntax function => function.Identifier.ValueText,
            _ => null,
        });
        return statements.Length == 0 ? [] : declared.OfType<string>().Prepend("Program");
    }

    /// <summary>A directive in a body may hold for what comes after the body.</summary>
    private static bool IsBody(SyntaxNode node) =>
        !node.ContainsDirectives
        && node is (BlockSyntax or ArrowExpressionClauseSyntax) and { Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax };

    private static IEnumerable<string> Directives(SyntaxToken token) => !token.ContainsDirectives
        ? []
        : token.GetAllTrivia().Where(static t => t.IsDirective).Select(static t => t.ToString());
}
