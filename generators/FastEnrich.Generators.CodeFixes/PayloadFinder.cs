using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastEnrich.Generators.CodeFixes;

/// <summary>Finds the payloads that a mistake is part of: it is reported at a member, and the plugins are elsewhere.</summary>
internal static class PayloadFinder
{
    public static async Task<IReadOnlyList<Payload>> FindAsync(Document document, TextSpan span, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
        {
            return [];
        }

        var node = root.FindNode(span, getInnermostNodeForTie: true);
        var compilation = model.Compilation;
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
        {
            return attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration && model.GetDeclaredSymbol(declaration, cancellationToken) is { } plugin
                ? [.. Of(plugin, document.Project, compilation, cancellationToken).Where(p => p.Attribute.Span == attribute.Span)]
                : [];
        }

        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type
            || model.GetDeclaredSymbol(type, cancellationToken) is not { } owner
            || !HelpsAt(node, type, model, cancellationToken))
        {
            return [];
        }

        return [.. Plugins(compilation.Assembly.GlobalNamespace)
            .SelectMany(p => Of(p, document.Project, compilation, cancellationToken))
            .Where(p => PayloadGraph.Reaches(p.Type, owner))];
    }

    /// <summary>What System.Text.Json's generator does not cover either, a context of its own does not cover.</summary>
    private static bool HelpsAt(SyntaxNode node, TypeDeclarationSyntax type, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node == type)
        {
            return model.GetDeclaredSymbol(type, cancellationToken)!.GetAttributes().Any(static a =>
                a.AttributeClass?.Name is "JsonDerivedTypeAttribute" or "JsonPolymorphicAttribute" or "JsonConverterAttribute");
        }

        var member = node.AncestorsAndSelf().TakeWhile(n => n != type).Select(n => model.GetDeclaredSymbol(n, cancellationToken)).FirstOrDefault(static s => s is not null);
        var memberType = member switch
        {
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            IParameterSymbol { ContainingType.IsRecord: true } parameter => parameter.Type,
            _ => null, // of a parameter without a property System.Text.Json knows no more
        };
        return memberType is not null && IsCovered(memberType, model.Compilation);
    }

    private static bool IsCovered(ITypeSymbol type, Compilation compilation) =>
        type.TypeKind is not (TypeKind.Delegate or TypeKind.Error or TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.TypeParameter)
        && !type.IsRefLikeType
        && compilation.IsSymbolAccessibleWithin(type is IArrayTypeSymbol array ? array.ElementType : type, compilation.Assembly);

    private static IEnumerable<INamedTypeSymbol> Plugins(INamespaceOrTypeSymbol container) => container.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(static m => m is INamedTypeSymbol type && Attributes(type).Any() ? Plugins(m).Prepend(type) : Plugins(m));

    private static IEnumerable<AttributeData> Attributes(INamedTypeSymbol plugin) =>
        plugin.GetAttributes().Where(static a => a.AttributeClass?.ToDisplayString() == "FastEnrich.JsonPayloadAttribute");

    private static IEnumerable<Payload> Of(INamedTypeSymbol plugin, Project project, Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var data in Attributes(plugin))
        {
            if (data.ConstructorArguments is [{ Value: ITypeSymbol type }] && !data.NamedArguments.Any(static a => a.Key == "Context")
                && IsCovered(type, compilation)
                && data.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList: not null } attribute
                && project.GetDocument(attribute.SyntaxTree) is not null)
            {
                var model = compilation.GetSemanticModel(attribute.SyntaxTree);
                var outermost = attribute.Ancestors().OfType<TypeDeclarationSyntax>().Last();
                var known = model.LookupNamespacesAndTypes(outermost.SpanStart, name: "JsonSerializableAttribute").Length > 0;
                var text = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToMinimalDisplayString(model, outermost.SpanStart);
                yield return new Payload(plugin, type, attribute, text, NameOf(plugin, type), !known);
            }
        }
    }

    private static string NameOf(INamedTypeSymbol plugin, ITypeSymbol type)
    {
        var name = PayloadGraph.PropertyName(type) + "JsonContext";
        var free = name;
        for (var i = 2; plugin.ContainingNamespace.GetTypeMembers(free).Length > 0; i++)
        {
            free = $"{name}{i}";
        }

        return free;
    }
}
