using System.Linq;
using FastEnrich.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Says what System.Text.Json finds at run time only, of the payloads that contexts of the author's own cover.</summary>
internal sealed class JsonOwnPayloads(ParseContext context)
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _reported = new(SymbolEqualityComparer.Default);

    public void Check(ITypeSymbol type)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (type is IArrayTypeSymbol array)
        {
            Check(array.ElementType);
        }
        else if (type is INamedTypeSymbol named && _seen.Add(named))
        {
            foreach (var argument in named.TypeArguments)
            {
                Check(argument);
            }

            if (named.Place() is not null)
            {
                CheckDeclared(named);
            }
        }
    }

    private void CheckDeclared(INamedTypeSymbol type)
    {
        if (JsonShapes.IsPolymorphic(type))
        {
            CheckPolymorphism(type);
        }

        foreach (var property in type.SelfAndBases().SelectMany(static t => t.GetMembers().OfType<IPropertySymbol>()))
        {
            if (property is not { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                || property.JsonAttribute("JsonIgnoreAttribute") is not null
                || property.JsonAttribute("JsonConverterAttribute") is not null)
            {
                continue;
            }

            if (HoldsObject(property.Type) && _reported.Add(property))
            {
                context.Report(Descriptors.ObjectMember, property, $"{type.Name}.{property.Name}");
            }

            Check(property.Type);
        }
    }

    private void CheckPolymorphism(INamedTypeSymbol type)
    {
        var derived = type.GetAttributes()
            .Where(static a => a.AttributeClass.Is("System.Text.Json.Serialization", "JsonDerivedTypeAttribute") && a.ConstructorArguments is [{ Value: ITypeSymbol }, ..])
            .Select(static a => (Type: (ITypeSymbol)a.ConstructorArguments[0].Value!, Discriminator: a.ConstructorArguments is [_, { Value: { } value }] ? value : null))
            .ToArray();
        var stranger = derived.FirstOrDefault(d => !context.Compilation.ClassifyCommonConversion(d.Type, type).IsImplicit).Type;
        var twice = derived.GroupBy(static d => d.Type, SymbolEqualityComparer.Default).FirstOrDefault(static g => g.Count() > 1)?.First().Type;
        var shared = derived.Where(static d => d.Discriminator is not null).GroupBy(static d => d.Discriminator).FirstOrDefault(static g => g.Count() > 1)?.Key;
        var problem = derived.Length == 0 ? "it names no derived type"
            : stranger is not null ? $"'{stranger.ShortName()}' does not derive from it"
            : twice is not null ? $"'{twice.ShortName()}' stands twice"
            : shared is not null ? $"two derived types have the discriminator '{shared}'"
            : null;
        if (problem is not null)
        {
            context.Report(Descriptors.InvalidPolymorphism, type, type.Name, problem);
        }

        foreach (var (other, _) in derived)
        {
            Check(other);
        }
    }

    private static bool HoldsObject(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Object
        || (type is IArrayTypeSymbol array && HoldsObject(array.ElementType))
        || (type is INamedTypeSymbol named && named.Place() is null && named.TypeArguments.Any(HoldsObject));
}
