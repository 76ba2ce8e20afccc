using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Describes the members of a payload, in the order of System.Text.Json: the type's own properties and fields first, then its bases'.</summary>
internal static class JsonPropertyParser
{
    public const int IgnoreAlways = 1; // JsonIgnoreCondition.Always, the attribute's default
    private const int LastKnownIgnore = 5; // JsonIgnoreCondition.WhenReading; later conditions have other rules

    public static List<JsonPropertyModel> Parse(INamedTypeSymbol type, bool setsRequired, int policy, JsonGraphParser graph, ParseContext context)
    {
        var members = new JsonMembers(policy, context);
        foreach (var member in type.SelfAndBases().SelectMany(static t => t.GetMembers().OrderBy(static m => m is IFieldSymbol)))
        {
            if (member.IsStatic || member.IsImplicitlyDeclared || member is not (IPropertySymbol { IsIndexer: false } or IFieldSymbol))
            {
                continue;
            }

            var included = member.JsonAttribute("JsonIncludeAttribute") is not null;
            if ((member is IPropertySymbol || included) && !members.Hides(member) && Member(member, included, type, setsRequired, graph, context) is { } model)
            {
                members.Add(member, model);
            }
        }

        return members.Resolved;
    }

    private static JsonPropertyModel? Member(ISymbol member, bool included, INamedTypeSymbol type, bool setsRequired, JsonGraphParser graph, ParseContext context)
    {
        var ignore = member.JsonAttribute("JsonIgnoreAttribute");
        var condition = ignore is null ? (int?)null : ignore.Named("Condition") as int? ?? IgnoreAlways;
        if (condition == IgnoreAlways)
        {
            return Ignored(member);
        }

        var memberType = member is IPropertySymbol { Type: var propertyType } ? propertyType : ((IFieldSymbol)member).Type;
        if (condition > LastKnownIgnore)
        {
            context.Report(Descriptors.UnsupportedPayload, member, member.Name, memberType.ShortName(), "this condition to ignore it is not known");
            return null;
        }

        if (Access(member, included, context) is not { } access || (!access.Getter && access.Setter == JsonSetter.None))
        {
            return null;
        }

        var isExtensionData = member.JsonAttribute("JsonExtensionDataAttribute") is not null;
        if (isExtensionData && !JsonShapes.IsExtensionData(memberType))
        {
            context.Report(Descriptors.ExtensionData, member, member.Name, memberType.ShortName());
            return null;
        }

        JsonConverters.Converter? converter = null;
        if (JsonShapes.Converter(member) is { } attribute)
        {
            converter = JsonConverters.Parse(attribute, memberType, member, context);
            if (converter is null)
            {
                return null;
            }

            graph.ReachConverted(memberType);
        }
        else if (!graph.Reach(memberType, member.Place(), $"{type.Name}.{member.Name}"))
        {
            return null;
        }

        var annotation = member is IPropertySymbol p ? p.NullableAnnotation : ((IFieldSymbol)member).NullableAnnotation;
        var nullable = memberType.IsValueType || annotation != NullableAnnotation.NotAnnotated;
        var required = member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };
        return new JsonPropertyModel(
            member.Name,
            member.JsonAttribute("JsonPropertyNameAttribute")?.ConstructorArguments[0].Value as string,
            memberType.FullName(),
            member.ContainingType.FullName(),
            access.Getter,
            access.Setter,
            (required && !setsRequired) || member.JsonAttribute("JsonRequiredAttribute") is not null,
            nullable,
            nullable,
            condition,
            member.JsonAttribute("JsonPropertyOrderAttribute")?.ConstructorArguments[0].Value as int?,
            member.JsonAttribute("JsonNumberHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            member.JsonAttribute("JsonObjectCreationHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            converter?.Type,
            converter?.NullableOf,
            (member is IFieldSymbol ? JsonMemberKind.Field : 0)
                | (included ? JsonMemberKind.Included : 0)
                | (isExtensionData ? JsonMemberKind.ExtensionData : 0),
            access.Setter == JsonSetter.Accessor ? GenericAccess.Of(member) : null);
    }

    /// <summary>Known by its name alone, so that what is sent for it is neither extension data nor unmapped.</summary>
    private static JsonPropertyModel? Ignored(ISymbol member) => member is not IPropertySymbol { DeclaredAccessibility: Accessibility.Public } ? null : new(
        member.Name,
        member.JsonAttribute("JsonPropertyNameAttribute")?.ConstructorArguments[0].Value as string,
        "object",
        member.ContainingType.FullName(),
        HasGetter: false,
        JsonSetter.None,
        IsRequired: false,
        IsGetNullable: true,
        IsSetNullable: true,
        IgnoreAlways,
        Order: null,
        NumberHandling: null,
        ObjectCreationHandling: null,
        Converter: null,
        NullableConverterOf: null,
        JsonMemberKind.Property,
        GenericAccess: null);

    /// <summary>How a member is read and set; <see langword="null"/> when it takes no part.</summary>
    private static (bool Getter, JsonSetter Setter)? Access(ISymbol member, bool included, ParseContext context)
    {
        var visible = member.DeclaredAccessibility == Accessibility.Public || (included && context.Compilation.IsSymbolAccessibleWithin(member, context.Compilation.Assembly));
        if (member is IFieldSymbol field)
        {
            return visible ? (true, field.IsReadOnly ? JsonSetter.None : JsonSetter.Assignment) : NotIncluded(member, included, context);
        }

        var property = (IPropertySymbol)member;
        var getter = Usable(property.GetMethod, included, context);
        var setter = Usable(property.SetMethod, included, context);
        if (!visible || (included && property.GetMethod is not null && !getter))
        {
            return NotIncluded(member, included, context);
        }

        var set = property.SetMethod is null ? JsonSetter.None
            : setter && !property.SetMethod.IsInitOnly ? JsonSetter.Assignment
            : setter || included ? JsonSetter.Accessor // a private setter of an included member is reached past its accessibility
            : JsonSetter.None;
        return (getter, set);
    }

    private static bool Usable(IMethodSymbol? accessor, bool included, ParseContext context) =>
        accessor is { DeclaredAccessibility: Accessibility.Public } || (included && accessor.IsReachable(context.Compilation));

    private static (bool Getter, JsonSetter Setter)? NotIncluded(ISymbol member, bool included, ParseContext context)
    {
        if (included)
        {
            context.Report(Descriptors.InaccessibleInclude, member, member.Name);
        }

        return null;
    }
}
