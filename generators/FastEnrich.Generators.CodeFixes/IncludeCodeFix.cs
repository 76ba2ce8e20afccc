using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Makes a private member with <c>[JsonInclude]</c> internal (FE3006). A context of System.Text.Json would refuse it at run time.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IncludeCodeFix)), Shared]
public sealed class IncludeCodeFix() : TextCodeFix("FE3006")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || Type(member) is not { } type
            || member.Modifiers.Any(static m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword // what cannot be read is an accessor
                or SyntaxKind.VirtualKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.OverrideKeyword)) // which are as accessible as what they override
        {
            return [];
        }

        var access = member.Modifiers.Where(static m => m.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword).Select(static m => m.Span).ToArray();
        var first = member.Modifiers.Count > 0 ? member.Modifiers[0].SpanStart : type.SpanStart;
        return access.Length switch
        {
            0 => [Fix(Edit.Insert(first, "internal "))],
            1 => [Fix(new(access[0], "internal"))],
            _ => [],
        };
    }

    private static TextFix Fix(TextChange change) => new("Make it internal", "internal", [change]);

    private static TypeSyntax? Type(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Type,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => property.Type,
        _ => null,
    };
}
