using System.Linq;
using FastEnrich.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Checks what <c>[JsonConverter]</c> names.</summary>
internal static class JsonConverters
{
    /// <summary>A converter, and the underlying type when it converts that of a nullable.</summary>
    public sealed record Converter(string Type, string? NullableOf);

    public static Converter? Parse(AttributeData attribute, ITypeSymbol target, ISymbol at, ParseContext context)
    {
        if (attribute.ConstructorArguments is not [{ Value: INamedTypeSymbol type }])
        {
            context.Report(Descriptors.InvalidConverter, at, at.Name, "the attribute names none");
            return null;
        }

        var underlying = target is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;
        var (problem, lifted) = Check(type, target, underlying, context);
        if (problem is null)
        {
            return new Converter(type.FullName(), lifted ? underlying!.FullName() : null);
        }

        context.Report(Descriptors.InvalidConverter, at, at.Name, problem);
        return null;
    }

    private static (string? Problem, bool Lifted) Check(INamedTypeSymbol type, ITypeSymbol target, ITypeSymbol? underlying, ParseContext context)
    {
        if (type.Is("System.Text.Json.Serialization", "JsonStringEnumConverter"))
        {
            return ("JsonStringEnumConverter needs run-time code generation; use JsonStringEnumConverter<T>", false);
        }

        if (type.IsAbstract || type.IsUnboundGenericType || !type.IsReachable(context.Compilation)
            || !type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.IsReachable(context.Compilation)))
        {
            return ($"{type.ShortName()} needs a constructor without parameters that generated code can reach", false);
        }

        var bases = type.SelfAndBases().ToArray();
        if (type.Is("System.Text.Json.Serialization", "JsonStringEnumConverter", arity: 1))
        {
            var lifts = !SymbolEqualityComparer.Default.Equals(type.TypeArguments[0], target);
            return lifts && !SymbolEqualityComparer.Default.Equals(type.TypeArguments[0], underlying) ? ($"{type.ShortName()} does not convert {target.ShortName()}", false) : (null, lifts);
        }

        if (bases.Any(static b => b.Is("System.Text.Json.Serialization", "JsonConverterFactory")))
        {
            return (null, false);
        }

        var converted = bases.FirstOrDefault(static b => b.Is("System.Text.Json.Serialization", "JsonConverter", arity: 1))?.TypeArguments[0];
        var direct = converted is not null && SymbolEqualityComparer.Default.Equals(converted, target);
        var lifted = converted is not null && SymbolEqualityComparer.Default.Equals(converted, underlying);
        return direct || lifted ? (null, lifted) : ($"{type.ShortName()} does not convert {target.ShortName()}", false);
    }
}
