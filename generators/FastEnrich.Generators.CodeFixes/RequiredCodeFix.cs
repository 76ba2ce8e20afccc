using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Says of an option that it must be given (FE2011).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredCodeFix)), Shared]
public sealed class RequiredCodeFix() : TextCodeFix("FE2011")
{
    internal override async Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        if (node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property
            || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(property, cancellationToken) is not { SetMethod: { } setter } symbol
            || !IsAsVisible(symbol, setter))
        {
            return [];
        }

        var partial = property.Modifiers.FirstOrDefault(static m => m.IsKind(SyntaxKind.PartialKeyword)); // which stands last
        var changes = new List<TextChange> { Edit.Insert((partial == default ? property.Type : (SyntaxNodeOrToken)partial).SpanStart, "required ") };
        if (property.Initializer is not null)
        {
            if (Edit.RemoveInitializer(property) is not { } removed) // null! or default!, which only kept the compiler quiet
            {
                return [];
            }

            changes.Add(removed);
        }

        return [new($"Make '{symbol.Name}' required", "required", changes)];
    }

    /// <summary>Whoever can create the type must be able to set what it requires.</summary>
    private static bool IsAsVisible(IPropertySymbol property, IMethodSymbol setter)
    {
        var type = property.ContainingType.DeclaredAccessibility;
        return property.ExplicitInterfaceImplementations.IsEmpty && new[] { property.DeclaredAccessibility, setter.DeclaredAccessibility }
            .All(a => a == Accessibility.Public
                || a == type
                || (type is Accessibility.Private or Accessibility.Internal && a is Accessibility.Internal or Accessibility.ProtectedOrInternal));
    }
}
