using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Describes one type of a JSON context.</summary>
internal static class JsonTypeParser
{
    public static JsonTypeModel Parse(ITypeSymbol type, int policy, JsonGraphParser graph, ParseContext context)
    {
        var name = type.FullName();
        if (graph.IsOwn(type))
        {
            return JsonTypeModel.Simple(name, "", JsonShape.Own, type.IsValueType);
        }

        if (JsonShapes.ValueConverter(type) is { } value)
        {
            return JsonTypeModel.Simple(name, "", JsonShape.Value, type.IsValueType, converter: value);
        }

        if (JsonShapes.Converter(type) is { } attribute)
        {
            return JsonConverters.Parse(attribute, type, type, context) is { } converter
                ? JsonTypeModel.Simple(name, "", JsonShape.Converted, type.IsValueType, converter: converter.Type)
                : Unusable(name, type);
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return JsonTypeModel.Simple(name, "", JsonShape.Enum, isValueType: true);
        }

        if (type is IArrayTypeSymbol array)
        {
            return JsonTypeModel.Simple(name, "", JsonShape.Array, isValueType: false, array.ElementType.FullName());
        }

        var named = (INamedTypeSymbol)type;
        return JsonShapes.Collection(named) is { } shape
            ? JsonTypeModel.Simple(name, "", shape, type.IsValueType, named.TypeArguments[named.Arity - 1].FullName())
            : Object(named, policy, graph, context);
    }

    /// <summary>Stands in for a type that nothing reads: its members have converters of their own, or its mistake has been reported and the rest must still compile.</summary>
    public static JsonTypeModel Unusable(string name, ITypeSymbol type) => JsonTypeModel.Simple(name, "", JsonShape.Unsupported, type.IsValueType);

    private static JsonTypeModel Object(INamedTypeSymbol type, int policy, JsonGraphParser graph, ParseContext context)
    {
        var name = type.FullName();
        if (Constructor(type, context) is not { } constructor)
        {
            context.Report(Descriptors.UnsupportedPayload, type, type.Name, type.ShortName(), "it needs one public constructor, or one marked [JsonConstructor]");
            return Unusable(name, type);
        }

        var setsRequired = constructor.SetsRequiredMembers();
        var errors = context.ErrorCount;
        var properties = JsonPropertyParser.Parse(type, setsRequired, policy, graph, context);
        foreach (var parameter in constructor.Parameters)
        {
            var index = properties.FindIndex(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                if (context.ErrorCount > errors)
                {
                    return Unusable(name, type); // the property is there, and what is wrong with it has been said
                }

                context.Report(Descriptors.UnsupportedPayload, parameter, parameter.Name, parameter.Type.ShortName(), "no property has the name of this constructor parameter");
                return Unusable(name, type);
            }

            graph.Reach(parameter.Type, parameter.Place(), $"{type.Name}.{parameter.Name}");
            if (properties[index].Ignore == JsonPropertyParser.IgnoreAlways)
            {
                properties[index] = properties[index] with { Type = parameter.Type.FullName() }; // binds by name and type, to be left at its default
            }
        }

        return new JsonTypeModel(
            name,
            "",
            JsonShape.Object,
            type.IsValueType,
            null,
            null,
            (type.HasRequiredMembers() && !setsRequired) || constructor.DeclaredAccessibility != Accessibility.Public,
            type.IsValueType && constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 0, // nothing to call: such a constructor exists in C# only
            new(constructor.Parameters.Select(Parameter)),
            new(properties),
            type.JsonAttribute("JsonNumberHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            type.JsonAttribute("JsonUnmappedMemberHandlingAttribute")?.ConstructorArguments[0].Value as int?,
            type.JsonAttribute("JsonObjectCreationHandlingAttribute")?.ConstructorArguments[0].Value as int?);
    }

    /// <summary>The choice of System.Text.Json: the marked constructor, else the public one without parameters, else the only public one.</summary>
    private static IMethodSymbol? Constructor(INamedTypeSymbol type, ParseContext context)
    {
        var marked = type.InstanceConstructors.Where(static c => c.JsonAttribute("JsonConstructorAttribute") is not null).ToArray();
        if (marked.Length > 0)
        {
            return marked.Length == 1 && marked[0].IsReachable(context.Compilation) ? marked[0] : null;
        }

        var published = type.InstanceConstructors.Where(static c => c.DeclaredAccessibility == Accessibility.Public).ToArray();
        return published.FirstOrDefault(static c => c.Parameters.Length == 0) ?? (published.Length == 1 ? published[0] : null);
    }

    private static JsonParameterModel Parameter(IParameterSymbol parameter) => new(
        parameter.Name,
        parameter.Type.FullName(),
        parameter.HasExplicitDefaultValue,
        parameter.HasExplicitDefaultValue ? DefaultLiteral(parameter) : parameter.Type.IsValueType ? $"default({parameter.Type.FullName()})" : null,
        parameter.Type.IsValueType
            ? parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : parameter.NullableAnnotation != NullableAnnotation.NotAnnotated);

    private static string DefaultLiteral(IParameterSymbol parameter)
    {
        var type = parameter.Type.FullName();
        return parameter.ExplicitDefaultValue switch
        {
            null => $"default({type})",
            string text => Emit.Literal.Of(text),
            bool flag => Emit.Literal.Of(flag),
            char c => $"'\\u{(int)c:x4}'",
            double.NaN => "double.NaN",
            double d when double.IsInfinity(d) => d > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity",
            float.NaN => "float.NaN",
            float f when float.IsInfinity(f) => f > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity",
            double d => d.ToString("R", CultureInfo.InvariantCulture) + "d",
            float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
            decimal m => m.ToString(CultureInfo.InvariantCulture) + "m",
            IFormattable number => $"({type.TrimEnd('?')})({number.ToString(null, CultureInfo.InvariantCulture)})",
            var other => $"default({type}) /* {other.GetType().Name} */",
        };
    }
}
