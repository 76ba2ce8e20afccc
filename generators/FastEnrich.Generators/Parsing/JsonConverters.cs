using System.Collections.Immutable;
using System.Linq;
using FastEnrich.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Checks what <c>[JsonConverter]</c> names.</summary>
internal static class JsonConverters
{
    private const string Namespace = "System.Text.Json.Serialization";

    private static readonly ImmutableDictionary<string, string?> s_contextHelps = ImmutableDictionary<string, string?>.Empty.Add(ContextHelps.Key, null);

    /// <summary>A converter, and the underlying type when it converts that of a nullable.</summary>
    public sealed record Converter(string Type, string? NullableOf);

    public static Converter? Parse(AttributeData attribute, ITypeSymbol target, ISymbol at, ParseContext context)
    {
        var underlying = target is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : null;
        var type = attribute.ConstructorArguments is [{ Value: INamedTypeSymbol named }] ? named : null;
        if (Unusable(attribute, type, context.Compilation) is { } unusable)
        {
            context.Report(Descriptors.InvalidConverter, at, at.Name, unusable);
            return null;
        }

        if (LeftToRunTime(type!, target, underlying, at) is { } late)
        {
            context.Report(Descriptors.InvalidConverter, at, s_contextHelps, at.Name, $"{late} a context of your own: [JsonPayload(Context = typeof(...))]");
            return null;
        }

        if (Converts(type!, target))
        {
            return new Converter(type!.FullName(), null);
        }

        if (underlying is not null && Converts(type!, underlying))
        {
            return new Converter(type!.FullName(), underlying.FullName());
        }

        context.Report(Descriptors.InvalidConverter, at, at.Name, $"{type!.ShortName()} does not convert {target.ShortName()}");
        return null;
    }

    /// <summary>Says what System.Text.Json's generator refuses too (SYSLIB1220, SYSLIB1223, or code that does not compile): a context of it is no help.</summary>
    private static string? Unusable(AttributeData attribute, INamedTypeSymbol? type, Compilation compilation)
    {
        if (!attribute.AttributeClass.Is(Namespace, "JsonConverterAttribute"))
        {
            return $"what '{attribute.AttributeClass?.Name}' creates is known at run time only; name the converter with [JsonConverter(typeof(...))]";
        }

        return type is null ? "the attribute names none"
            : type.IsUnboundGenericType ? $"{type.ShortName()} is an open generic type; name the converter with its type arguments"
            : !type.SelfAndBases().Any(static b => b.Is(Namespace, "JsonConverter")) ? $"{type.ShortName()} does not derive from JsonConverter"
            : !CanBeCreated(type, compilation) ? $"{type.ShortName()} needs a constructor without parameters that generated code can reach"
            : null;
    }

    private static bool CanBeCreated(INamedTypeSymbol type, Compilation compilation) =>
        !type.IsAbstract && type.IsReachable(compilation) && type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.IsReachable(compilation));

    /// <summary>Says what is decided when the converter is met, with the way around it; System.Text.Json's generator leaves that to the run time.</summary>
    private static string? LeftToRunTime(INamedTypeSymbol type, ITypeSymbol target, ITypeSymbol? underlying, ISymbol at)
    {
        if (type.Is(Namespace, "JsonStringEnumConverter") && (underlying ?? target) is { TypeKind: TypeKind.Enum } @enum)
        {
            return $"JsonStringEnumConverter needs run-time code generation; use JsonStringEnumConverter<{@enum.ShortName()}>, or, without Native AOT,";
        }

        var decides = at is ITypeSymbol && !Converts(type, target); // for a member, that generator casts to a converter of the member's own type
        var (own, wanted) = (type.Converted()?.ShortName(), target.ShortName());
        return decides && type.DecidesItself()
            ? $"what {type.ShortName()} converts beside {own} is known at run time only; derive it from JsonConverter<{wanted}>, or name"
            : null;
    }

    private static bool Converts(INamedTypeSymbol type, ITypeSymbol target) =>
        type.Is(Namespace, "JsonStringEnumConverter", arity: 1) ? SymbolEqualityComparer.Default.Equals(type.TypeArguments[0], target)
        : type.IsFactory() ? !type.Is(Namespace, "JsonStringEnumConverter") // a factory says at run time; of this one it is known that it takes enums alone
        : SymbolEqualityComparer.Default.Equals(type.Converted(), target);

    private static bool DecidesItself(this INamedTypeSymbol type) => type.SelfAndBases()
        .TakeWhile(static b => !b.Is(Namespace, "JsonConverter", arity: 1))
        .Any(static b => b.GetMembers("CanConvert").Any(static m => m.IsOverride));

    private static bool IsFactory(this INamedTypeSymbol type) => type.SelfAndBases().Any(static b => b.Is(Namespace, "JsonConverterFactory"));

    private static ITypeSymbol? Converted(this INamedTypeSymbol type) =>
        type.SelfAndBases().FirstOrDefault(static b => b.Is(Namespace, "JsonConverter", arity: 1))?.TypeArguments[0];
}
