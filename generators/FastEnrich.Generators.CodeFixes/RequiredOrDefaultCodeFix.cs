using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Lets an option be required or have a default, and not both (FE2006).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredOrDefaultCodeFix)), Shared]
public sealed class RequiredOrDefaultCodeFix() : TextCodeFix("FE2006")
{
    internal override IReadOnlyList<TextFix> Fixes(SyntaxNode node)
    {
        var fixes = new List<TextFix>();
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Initializer: not null, AccessorList: not null } property)
        {
            var name = property.Identifier.ValueText;
            if (Edit.RemoveInitializer(property) is { } removed)
            {
                fixes.Add(new($"Remove the initialiser of '{name}'", "initialiser", [removed]));
            }

            if (property.Modifiers.FirstOrDefault(static m => m.IsKind(SyntaxKind.RequiredKeyword)) is { RawKind: not 0 } required)
            {
                fixes.Add(new($"Make '{name}' optional", "optional", [Edit.RemoveModifier(required)]));
            }
        }

        return fixes;
    }
}
