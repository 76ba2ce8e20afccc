using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Describes the properties of a payload, in the order of System.Text.Json: the type's own first, then its bases'.</summary>
internal static class JsonPropertyParser
{
    private const int IgnoreAlways = 1; // JsonIgnoreCondition.Always, the attribute's default
    private const int LastKnownIgnore = 3; // JsonIgnoreCondition.WhenWritingNull; later conditions have other rules

    public static List<JsonPropertyModel> Parse(INamedTypeSymbol type, bool setsRequired, JsonGraphParser graph, ParseContext context)
    {
        var properties = new List<JsonPropertyModel>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in type.SelfAndBases().SelectMany(static t => t.GetMembers()))
        {
            if (member is IFieldSymbol { IsImplicitlyDeclared: false, IsStatic: false } field && field.JsonAttribute("JsonIncludeAttribute") is not null)
            {
                context.Report(Descriptors.InaccessibleInclude, field, field.Name);
            }

            if (member is IPropertySymbol { IsStatic: false, IsIndexer: false, IsImplicitlyDeclared: false } property && seen.Add(property.Name)
                && Property(property, type, setsRequired, graph, context) is { } model)
            {
                properties.Add(model);
            }
        }

        return properties;
    }

    private static JsonPropertyModel? Property(IPropertySymbol property, INamedTypeSymbol type, bool setsRequired, JsonGraphParser graph, ParseContext context)
    {
        var ignore = property.JsonAttribute("JsonIgnoreAttribute");
        var condition = ignore is null ? (int?)null : ignore.Named("Condition") as int? ?? IgnoreAlways;
        if (condition == IgnoreAlways)
        {
            return null;
        }

        var getter = property.GetMethod is { DeclaredAccessibility: Accessibility.Public };
        var setter = property.SetMethod is { DeclaredAccessibility: Accessibility.Public };
        if (property.DeclaredAccessibility != Accessibility.Public || (!getter && !setter))
        {
            return Included(property, context);
        }

        if (condition > LastKnownIgnore || property.JsonAttribute("JsonExtensionDataAttribute") is not null)
        {
            var descriptor = condition > LastKnownIgnore ? Descriptors.UnsupportedPayload : Descriptors.ExtensionData;
            context.Report(descriptor, property, property.Name, property.Type.ShortName(), "this condition to ignore it is not known");
            return null;
        }

        var access = !setter ? JsonSetter.None : property.SetMethod!.IsInitOnly ? JsonSetter.Accessor : JsonSetter.Assignment;
        if (access == JsonSetter.Accessor && property.ContainingType.IsGenericType)
        {
            context.Report(Descriptors.UnsupportedPayload, property, property.Name, property.Type.ShortName(), "init-only members of generic types cannot be set; use set");
            return null;
        }

        JsonConverters.Converter? converter = null;
        if (JsonShapes.Converter(property) is { } attribute)
        {
            converter = JsonConverters.Parse(attribute, property.Type, property, context);
            if (converter is null)
            {
                return null;
            }

            graph.ReachConverted(property.Type);
        }
        else if (!graph.Reach(property.Type, property.Place(), $"{type.Name}.{property.Name}"))
        {
            return null;
        }

        var nullable = property.Type.IsValueType || property.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return new JsonPropertyModel(
            property.Name,
            property.JsonAttribute("JsonPropertyNameAttribute")?.ConstructorArguments[0].Value as string,
            property.Type.FullName(),
            property.ContainingType.FullName(),
            getter,
            access,
            (property.IsRequired && !setsRequired) || property.JsonAttribute("JsonRequiredAttribute") is not null,
            nullable,
            nullable,
            condition,
            property.JsonAttribute("JsonPropertyOrderAttribute")?.ConstructorArguments[0].Value as int?,
            property.JsonAttribute("JsonNumberHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            property.JsonAttribute("JsonObjectCreationHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            converter?.Type,
            converter?.NullableOf);
    }

    private static JsonPropertyModel? Included(IPropertySymbol property, ParseContext context)
    {
        if (property.JsonAttribute("JsonIncludeAttribute") is not null)
        {
            context.Report(Descriptors.InaccessibleInclude, property, property.Name);
        }

        return null;
    }
}
