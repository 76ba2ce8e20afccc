using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Names the enum that <c>JsonStringEnumConverter</c> converts, so that nothing is looked up at run time (FE3003).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EnumConverterCodeFix)), Shared]
public sealed class EnumConverterCodeFix() : TextCodeFix("FE3003")
{
    internal override async Task<IReadOnlyList<TextFix>> FixesAsync(Document document, SyntaxNode node, CancellationToken cancellationToken)
    {
        var member = node.FirstAncestorOrSelf<SyntaxNode>(static n => n is ParameterSyntax or MemberDeclarationSyntax);
        var lists = member is ParameterSyntax positional ? positional.AttributeLists : (member as MemberDeclarationSyntax)?.AttributeLists ?? default;
        var named = lists.SelectMany(static l => l.Attributes).SelectMany(static a => a.ArgumentList?.Arguments ?? [])
            .Select(static a => (a.Expression as TypeOfExpressionSyntax)?.Type)
            .FirstOrDefault(static t => (t is QualifiedNameSyntax qualified ? qualified.Right : t) is IdentifierNameSyntax { Identifier.ValueText: "JsonStringEnumConverter" });
        if (named is null || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
        {
            return [];
        }

        var type = member switch
        {
            ParameterSyntax { Type: { } declared } => model.GetTypeInfo(declared, cancellationToken).Type,
            PropertyDeclarationSyntax property => model.GetTypeInfo(property.Type, cancellationToken).Type,
            FieldDeclarationSyntax field => model.GetTypeInfo(field.Declaration.Type, cancellationToken).Type,
            EnumDeclarationSyntax enumeration => model.GetDeclaredSymbol(enumeration, cancellationToken),
            _ => null,
        };
        type = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;
        if (type is not { TypeKind: TypeKind.Enum })
        {
            return [];
        }

        var text = type.ToMinimalDisplayString(model, named.SpanStart);
        return [new($"Use JsonStringEnumConverter<{text}>", "generic", [Edit.Insert(named.Span.End, $"<{text}>")])];
    }
}
