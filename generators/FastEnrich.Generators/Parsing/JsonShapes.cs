using System.Linq;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Says which shapes of System.Text.Json a type has, and which types have none that the generator supports.</summary>
internal static class JsonShapes
{
    /// <summary>Says why a type is not supported, or <see langword="null"/>.</summary>
    public static string? Problem(ITypeSymbol type, Compilation compilation)
    {
        if (type.SpecialType == SpecialType.System_Object)
        {
            return "use JsonElement for JSON of any shape";
        }

        if (type.IsRefLikeType
            || type.TypeKind is TypeKind.Error or TypeKind.TypeParameter or TypeKind.Pointer or TypeKind.FunctionPointer
                or TypeKind.Delegate or TypeKind.Dynamic)
        {
            return "it has no JSON form";
        }

        if (!type.IsReachable(compilation))
        {
            return "it cannot be reached from generated code; make it internal or public";
        }

        if (ValueConverter(type) is not null || Converter(type) is not null || type.TypeKind == TypeKind.Enum)
        {
            return null;
        }

        if (type.ContainingNamespace?.ToDisplayString() is "System.Text.Json" or "System.Text.Json.Nodes")
        {
            return "use JsonElement for JSON of any shape";
        }

        if (type is IArrayTypeSymbol array)
        {
            return array.Rank == 1 ? null : "it has several dimensions";
        }

        var named = (INamedTypeSymbol)type;
        if (Collection(named) is { } shape)
        {
            return shape is JsonShape.Dictionary or JsonShape.IDictionary or JsonShape.IReadOnlyDictionary
                && named.TypeArguments[0].SpecialType != SpecialType.System_String
                ? "its keys are not strings"
                : null;
        }

        return IsPolymorphic(named) ? "it is polymorphic"
            : named.TypeKind == TypeKind.Interface || named.IsAbstract ? "it is abstract"
            : IsOfTheFramework(named) ? "it has no JSON form of its own"
            : named.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable) ? "it is a collection of its own kind"
            : null;
    }

    /// <summary>By its own attributes: those of a base say nothing of the types that derive from it.</summary>
    public static bool IsPolymorphic(ITypeSymbol type) => type.JsonAttribute("JsonPolymorphicAttribute") is not null || type.JsonAttribute("JsonDerivedTypeAttribute") is not null;

    /// <summary>The framework's other types are described by none of their properties: tuples, pairs, addresses, tasks.</summary>
    private static bool IsOfTheFramework(INamedTypeSymbol type)
    {
        var root = type.ContainingNamespace;
        while (root is { ContainingNamespace.IsGlobalNamespace: false })
        {
            root = root.ContainingNamespace;
        }

        return type.IsTupleType || (root is { Name: "System" } && type.Place() is null);
    }

    /// <summary>The type that a collection, dictionary or nullable is made of.</summary>
    public static ITypeSymbol? Inner(ITypeSymbol type) => type switch
    {
        _ when ValueConverter(type) is not null || Converter(type) is not null => null,
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol named when Collection(named) is not null => named.TypeArguments[named.Arity - 1],
        _ => null,
    };

    /// <summary>Whether a member of this type can take extension data: text-keyed JSON, given or created.</summary>
    public static bool IsExtensionData(ITypeSymbol type) =>
        type is INamedTypeSymbol named && Collection(named) is (JsonShape.Dictionary or JsonShape.IDictionary)
        && named.TypeArguments[0].SpecialType == SpecialType.System_String && named.TypeArguments[1].Is("System.Text.Json", "JsonElement");

    /// <summary>The attribute that names a converter, or one of the author's own that makes it.</summary>
    public static AttributeData? Converter(ISymbol symbol) => symbol.GetAttributes()
        .FirstOrDefault(static a => a.AttributeClass?.SelfAndBases().Any(static b => b.Is("System.Text.Json.Serialization", "JsonConverterAttribute")) == true);

    public static JsonShape? Collection(INamedTypeSymbol type)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return JsonShape.Nullable;
        }

        return type.Arity == 0 || type.ContainingNamespace.ToDisplayString() != "System.Collections.Generic" ? null : type.Name switch
        {
            "List" => JsonShape.List,
            "IList" => JsonShape.IList,
            "ICollection" => JsonShape.ICollection,
            "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" => JsonShape.IEnumerable,
            "ISet" => JsonShape.ISet,
            "HashSet" => JsonShape.HashSet,
            "Dictionary" => JsonShape.Dictionary,
            "IDictionary" => JsonShape.IDictionary,
            "IReadOnlyDictionary" => JsonShape.IReadOnlyDictionary,
            _ => null,
        };
    }

    /// <summary>The built-in converter of a type, a property of JsonMetadataServices.</summary>
    public static string? ValueConverter(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return "ByteArrayConverter";
        }

        return type is not INamedTypeSymbol { Arity: 0, ContainingType: null } named ? null : (named.ContainingNamespace.ToDisplayString(), named.Name) switch
        {
            ("System",
                "Boolean" or "Byte" or "SByte" or "Int16" or "UInt16" or "Int32" or "UInt32" or "Int64" or "UInt64" or "Int128" or "UInt128"
                or "Half" or "Single" or "Double" or "Decimal" or "Char" or "String"
                or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Guid" or "Uri" or "Version") => named.Name + "Converter",
            ("System.Text.Json", "JsonElement") => "JsonElementConverter",
            _ => null,
        };
    }
}
