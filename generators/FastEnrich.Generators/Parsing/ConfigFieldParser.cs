using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Models;
using Microsoft.CodeAnalysis;

namespace FastEnrich.Generators.Parsing;

/// <summary>Turns one property marked <c>[ConfigProperty]</c> into a model.</summary>
internal sealed class ConfigFieldParser(ParseContext context, OptionsParser options)
{
    public static AttributeData? Attribute(ISymbol property) => property.Attribute("FastEnrich", "ConfigPropertyAttribute");

    public ConfigFieldModel? Parse(IPropertySymbol property, AttributeData attribute)
    {
        if (property.SetMethod is null || property.IsStatic || property.IsIndexer)
        {
            context.Report(Descriptors.NotSettable, property, property.Name);
            return null;
        }

        if (property.ContainingType.IsGenericType || ValueOf(property.Type, property, nullable: true) is not { } value)
        {
            context.Report(Descriptors.UnsupportedOption, property, property.Name, property.Type.ShortName());
            return null;
        }

        if (attribute.Named("ByteSize") is true && !TryMeasure(ref value))
        {
            context.Report(Descriptors.InvalidLimits, property, property.Name, "only whole numbers are sizes in bytes");
        }

        var key = attribute.Named("Name") as string is { Length: > 0 } given ? given : NameFormat.SnakeCase(property.Name);
        var initialiser = DefaultText.Read(property, Leaf(value), context);
        if (property.IsRequired && initialiser.Exists)
        {
            context.Report(Descriptors.RequiredWithDefault, property, property.Name);
        }

        var implied = !property.IsRequired
            && !initialiser.Exists
            && property.Place() is not null // of another assembly's properties nobody can say whether they have an initialiser
            && property.Type.IsReferenceType
            && property.NullableAnnotation == NullableAnnotation.NotAnnotated;
        if (implied)
        {
            context.Report(Descriptors.SilentlyRequired, property, property.Name);
        }

        var pattern = attribute.Named("Pattern") as string;
        var allowed = attribute.NamedTexts("Enum").ToArray();
        var limits = new Limits(
            attribute.Named("Minimum") is double min ? min : double.NaN,
            attribute.Named("Maximum") is double max ? max : double.NaN,
            pattern,
            allowed);
        LimitChecks.Check(property, Leaf(value), initialiser.Text, limits, context);
        return new ConfigFieldModel(
            key,
            property.Name,
            property.ContainingType.FullName(),
            property.SetMethod.IsInitOnly || !property.SetMethod.IsReachable(context.Compilation),
            value,
            SchemaType(value.Kind),
            attribute.Named("Description") as string ?? "",
            initialiser.Text,
            new(allowed.Length > 0 ? allowed : Leaf(value).Choices.Select(static c => c.Name)),
            pattern,
            Number(limits.Minimum),
            Number(limits.Maximum),
            property.IsRequired || implied,
            attribute.Named("Sensitive") is true);
    }

    /// <summary>A size in bytes is a whole number that is written otherwise.</summary>
    private static bool TryMeasure(ref ConfigValueModel value)
    {
        if (value.Items is [var item])
        {
            var measured = TryMeasure(ref item);
            value = value with { Items = new([item]) };
            return measured;
        }

        value = value.Kind == ConfigValueKind.Integer ? value with { Kind = ConfigValueKind.Size } : value;
        return value.Kind == ConfigValueKind.Size;
    }

    private static string? Number(double limit) => double.IsNaN(limit) ? null
        : double.IsPositiveInfinity(limit) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(limit) ? "double.NegativeInfinity"
        : limit.ToString("R", CultureInfo.InvariantCulture) + "d";

    /// <summary>Limits hold for the items of a list or mapping.</summary>
    private static ConfigValueModel Leaf(ConfigValueModel value) => value.Items.Count == 0 ? value : Leaf(value.Items[0]);

    private static string SchemaType(ConfigValueKind kind) => kind switch
    {
        ConfigValueKind.Flag => "Boolean",
        ConfigValueKind.Integer or ConfigValueKind.Size => "Integer",
        ConfigValueKind.Number => "Number",
        ConfigValueKind.Duration => "Duration",
        ConfigValueKind.Array or ConfigValueKind.List => "Array",
        ConfigValueKind.Map or ConfigValueKind.Nested => "Object",
        _ => "String",
    };

    private ConfigValueModel? ValueOf(ITypeSymbol type, IPropertySymbol property, bool nullable)
    {
        var name = type.FullName();
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
        {
            return nullable && wrapped.TypeArguments[0].IsValueType
                && ValueOf(wrapped.TypeArguments[0], property, nullable: false) is { Items.Count: 0 } inner
                ? inner with { Type = name }
                : null;
        }

        if (Scalar(type) is { } kind)
        {
            return ConfigValueModel.Scalar(kind, name);
        }

        if (type is INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
        {
            return enumeration.IsReachable(context.Compilation)
                ? new(ConfigValueKind.Choice, name, default, new(Choices(enumeration)), null)
                : null;
        }

        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return Composite(ConfigValueKind.Array, name, array.ElementType, property);
        }

        if (type is INamedTypeSymbol { IsGenericType: true } generic && Collection(generic) is { } collection)
        {
            return Composite(collection, name, generic.TypeArguments[generic.Arity - 1], property);
        }

        if (type is INamedTypeSymbol nested && OptionsParser.IsOptions(nested))
        {
            options.VisitNested(nested, property);
            return new(ConfigValueKind.Nested, name, default, default, Emit.Names.Stem(name));
        }

        return null;
    }

    private ConfigValueModel? Composite(ConfigValueKind kind, string name, ITypeSymbol element, IPropertySymbol property) =>
        ValueOf(element, property, nullable: false) is { } item ? new(kind, name, new([item]), default, null) : null;

    private static ConfigValueKind? Collection(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString() != "System.Collections.Generic" ? null : type.Name switch
    {
        "List" or "IList" or "ICollection" or "IEnumerable" or "IReadOnlyList" or "IReadOnlyCollection" => ConfigValueKind.List,
        "Dictionary" or "IDictionary" or "IReadOnlyDictionary" when type.TypeArguments[0].SpecialType == SpecialType.System_String => ConfigValueKind.Map,
        _ => null,
    };

    private static ConfigValueKind? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_String => ConfigValueKind.Text,
        SpecialType.System_Boolean => ConfigValueKind.Flag,
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32
            or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 => ConfigValueKind.Integer,
        SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => ConfigValueKind.Number,
        _ when type.Is("System", "TimeSpan") => ConfigValueKind.Duration,
        _ when type.Is("System", "Uri") => ConfigValueKind.Address,
        _ => null,
    };

    private static IEnumerable<ChoiceModel> Choices(INamedTypeSymbol enumeration) => enumeration.GetMembers()
        .OfType<IFieldSymbol>()
        .Where(static f => f.HasConstantValue)
        .Select(f => new ChoiceModel(
            f.JsonAttribute("JsonStringEnumMemberNameAttribute")?.ConstructorArguments is [{ Value: string given }] ? given : NameFormat.SnakeCase(f.Name),
            $"{enumeration.FullName()}.@{f.Name}"));
}
