using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

internal static class SymbolExtensions
{
    public static string FullName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The name for messages: short, as the author writes it.</summary>
    public static string ShortName(this ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    public static bool Is(this ITypeSymbol? type, string @namespace, string name, int arity = 0) =>
        type is INamedTypeSymbol named && named.Name == name && named.Arity == arity && named.ContainingType is null && named.ContainingNamespace.ToDisplayString() == @namespace;

    public static AttributeData? Attribute(this ISymbol symbol, string @namespace, string name, int arity = 0) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(@namespace, name, arity));

    public static IEnumerable<AttributeData> Attributes(this ISymbol symbol, string @namespace, string name) =>
        symbol.GetAttributes().Where(a => a.AttributeClass.Is(@namespace, name));

    public static AttributeData? JsonAttribute(this ISymbol symbol, string name) => symbol.Attribute("System.Text.Json.Serialization", name);

    public static object? Named(this AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? ImmutableArray<KeyValuePair<string, TypedConstant>>.Empty)
        {
            if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
            {
                return argument.Value.Value;
            }
        }

        return null;
    }

    public static IEnumerable<string> NamedTexts(this AttributeData? attribute, string name)
    {
        foreach (var argument in attribute?.NamedArguments ?? ImmutableArray<KeyValuePair<string, TypedConstant>>.Empty)
        {
            if (argument.Key == name)
            {
                return Texts(argument.Value);
            }
        }

        return [];
    }

    public static IEnumerable<string> Texts(this AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 ? Texts(attribute.ConstructorArguments[0]) : [];

    public static IEnumerable<INamedTypeSymbol> SelfAndBases(this INamedTypeSymbol type)
    {
        for (var current = type; current is { SpecialType: not SpecialType.System_Object }; current = current.BaseType)
        {
            yield return current;
        }
    }

    public static bool Implements(this ITypeSymbol type, string @namespace, string name) => type.AllInterfaces.Any(i => i.Is(@namespace, name));

    /// <summary>Whether code anywhere in the compilation may name the symbol.</summary>
    public static bool IsReachable(this ITypeSymbol type, Compilation compilation)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.ElementType.IsReachable(compilation);
        }

        return type is INamedTypeSymbol { IsFileLocal: false } named
            && compilation.IsSymbolAccessibleWithin(named, compilation.Assembly)
            && named.TypeArguments.All(a => a.IsReachable(compilation));
    }

    public static bool IsReachable(this IMethodSymbol? method, Compilation compilation) =>
        method is not null && compilation.IsSymbolAccessibleWithin(method, compilation.Assembly);

    public static bool SetsRequiredMembers(this IMethodSymbol constructor) =>
        constructor.Attribute("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute") is not null;

    public static bool HasRequiredMembers(this INamedTypeSymbol type) =>
        type.SelfAndBases().Any(static t => t.GetMembers().Any(static m => m is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }));

    public static Location? Place(this ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource);

    private static IEnumerable<string> Texts(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Array && !constant.IsNull ? constant.Values.Select(static v => v.Value).OfType<string>() : [];
}
