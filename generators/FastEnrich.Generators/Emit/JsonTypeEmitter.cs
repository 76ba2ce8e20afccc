using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes the metadata of one type.</summary>
internal static class JsonTypeEmitter
{
    private const string Json = "global::System.Text.Json";
    private const string Metadata = Json + ".Serialization.Metadata";
    private const string Services = Metadata + ".JsonMetadataServices";
    private const string Accessor = "[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.";

    public static void Emit(SourceWriter writer, JsonTypeModel type)
    {
        writer.Line();
        writer.Open($"private {Metadata}.JsonTypeInfo<{type.Type}> Create_{type.Property}({Json}.JsonSerializerOptions options)");
        writer.Open($"if (Runtime<{type.Type}>(options) is {{ }} converter)").Line($"return Owned({Services}.CreateValueInfo<{type.Type}>(options, converter));").Close();
        writer.Line();
        if (type.Shape == JsonShape.Object)
        {
            EmitObject(writer, type);
        }
        else
        {
            writer.Line($"return Owned({Simple(type)});").Close();
        }
    }

    private static string Simple(JsonTypeModel type) => type.Shape switch
    {
        JsonShape.Unsupported => $"{Services}.CreateValueInfo<{type.Type}>(options, {Services}.GetUnsupportedTypeConverter<{type.Type}>())",
        JsonShape.Value => $"{Services}.CreateValueInfo<{type.Type}>(options, {Services}.{type.Converter})",
        JsonShape.Converted => $"{Services}.CreateValueInfo<{type.Type}>(options, Expand<{type.Type}>(new {type.Converter}(), options))",
        JsonShape.Enum => $"{Services}.CreateValueInfo<{type.Type}>(options, {Services}.GetEnumConverter<{type.Type}>(options))",
        JsonShape.Nullable => $"{Services}.CreateValueInfo<{type.Type}>(options, {Services}.GetNullableConverter<{type.Element}>(options))",
        JsonShape.Array => $"{Services}.CreateArrayInfo<{type.Element}>(options, new {Metadata}.JsonCollectionInfoValues<{type.Type}> {{ {Handler(type)} }})",
        JsonShape.List => Collection(type, "CreateListInfo", creates: true),
        JsonShape.HashSet => Collection(type, "CreateISetInfo", creates: true),
        JsonShape.ISet => Collection(type, "CreateISetInfo", creates: false),
        JsonShape.IList => Collection(type, "CreateIListInfo", creates: false),
        JsonShape.ICollection => Collection(type, "CreateICollectionInfo", creates: false),
        JsonShape.IEnumerable => Collection(type, "CreateIEnumerableInfo", creates: false),
        JsonShape.Dictionary => Collection(type, "CreateDictionaryInfo", creates: true, "string, "),
        JsonShape.IDictionary => Collection(type, "CreateIDictionaryInfo", creates: false, "string, "),
        _ => Collection(type, "CreateIReadOnlyDictionaryInfo", creates: false, "string, "),
    };

    private static string Collection(JsonTypeModel type, string method, bool creates, string key = "") =>
        $"{Services}.{method}<{type.Type}, {key}{type.Element}>(options, new {Metadata}.JsonCollectionInfoValues<{type.Type}> "
        + $"{{ {(creates ? $"ObjectCreator = static () => new {type.Type}(), " : "")}{Handler(type)} }})";

    private static string Handler(JsonTypeModel type) => $"SerializeHandler = Write_{type.Property}";

    private static void EmitObject(SourceWriter writer, JsonTypeModel type)
    {
        var parameters = type.Parameters;
        writer.Line($"var info = {Services}.CreateObjectInfo<{type.Type}>(options, new {Metadata}.JsonObjectInfoValues<{type.Type}>");
        writer.Line("{").Indented(w =>
        {
            if (parameters.Count == 0)
            {
                var creation = type.HasNoConstructor ? $"default({type.Type})"
                    : type.ConstructUnsafely ? $"New_{type.Property}()"
                    : $"new {type.Type}()";
                w.Line($"ObjectCreator = static () => {creation},");
            }
            else
            {
                var arguments = string.Join(", ", parameters.Select((p, i) => $"({p.Type})args[{i.ToString(CultureInfo.InvariantCulture)}]"));
                w.Line($"ObjectWithParameterizedConstructorCreator = static args => {(type.ConstructUnsafely ? $"New_{type.Property}" : $"new {type.Type}")}({arguments}),");
                w.Line($"ConstructorParameterMetadataInitializer = Parameters_{type.Property},");
            }

            w.Line($"PropertyMetadataInitializer = _ => Properties_{type.Property}(options),");
            if (JsonWriterEmitter.IsFast(type))
            {
                w.Line($"{Handler(type)},");
            }
        }).Line("});");
        if (type.UnmappedMemberHandling is { } unmapped)
        {
            writer.Line($"info.UnmappedMemberHandling = ({Json}.Serialization.JsonUnmappedMemberHandling){unmapped};");
        }

        if (type.ObjectCreationHandling is { } creation)
        {
            writer.Line($"info.PreferredPropertyObjectCreationHandling = ({Json}.Serialization.JsonObjectCreationHandling){creation};");
        }

        writer.Line(type.NumberHandling is { } handling ? $"return Owned(info, ({Json}.Serialization.JsonNumberHandling){handling});" : "return Owned(info);").Close();
        if (parameters.Count > 0)
        {
            EmitParameters(writer, type);
        }

        EmitProperties(writer, type);
        EmitAccessors(writer, type);
    }

    private static void EmitParameters(SourceWriter writer, JsonTypeModel type)
    {
        writer.Line();
        writer.Line($"private static {Metadata}.JsonParameterInfoValues[] Parameters_{type.Property}() => new {Metadata}.JsonParameterInfoValues[]");
        writer.Line("{").Indented(w =>
        {
            for (var i = 0; i < type.Parameters.Count; i++)
            {
                var p = type.Parameters[i];
                w.Line(
                    $"new() {{ Name = {Literal.Of(p.Name)}, ParameterType = typeof({p.Type}), Position = {i}, "
                    + $"HasDefaultValue = {Literal.Of(p.HasDefault)}, DefaultValue = {p.Default ?? "null"}, IsNullable = {Literal.Of(p.IsNullable)} }},");
            }
        }).Line("};");
    }

    private static void EmitProperties(SourceWriter writer, JsonTypeModel type)
    {
        writer.Line();
        writer.Open($"private static {Metadata}.JsonPropertyInfo[] Properties_{type.Property}({Json}.JsonSerializerOptions options)");
        writer.Line($"var properties = new {Metadata}.JsonPropertyInfo[{type.Properties.Count}];");
        for (var i = 0; i < type.Properties.Count; i++)
        {
            EmitProperty(writer, type, type.Properties[i], i);
        }

        writer.Line("return properties;").Close();
    }

    private static void EmitProperty(SourceWriter writer, JsonTypeModel type, JsonPropertyModel property, int index)
    {
        var parts = new List<string>
        {
            $"IsProperty = {Literal.Of(!property.Kind.HasFlag(JsonMemberKind.Field))}",
            "IsPublic = true",
            $"DeclaringType = typeof({property.DeclaringType})",
            $"PropertyName = {Literal.Of(property.Name)}",
        };
        if (property.JsonName is not null)
        {
            parts.Add($"JsonPropertyName = {Literal.Of(property.JsonName)}");
        }

        if (property.Kind.HasFlag(JsonMemberKind.Included))
        {
            parts.Add("HasJsonInclude = true");
        }

        if (property.Kind.HasFlag(JsonMemberKind.ExtensionData))
        {
            parts.Add("IsExtensionData = true");
        }

        if (property.HasGetter)
        {
            parts.Add($"Getter = static target => (({property.DeclaringType})target).@{property.Name}");
        }

        if (property.Setter != JsonSetter.None)
        {
            parts.Add($"Setter = static (target, value) => {Set(type, property, index)}");
        }

        if (property.Ignore is { } ignore)
        {
            parts.Add($"IgnoreCondition = ({Json}.Serialization.JsonIgnoreCondition){ignore}");
        }

        if (property.NumberHandling is { } handling)
        {
            parts.Add($"NumberHandling = ({Json}.Serialization.JsonNumberHandling){handling}");
        }

        if (property.NullableConverterOf is { } underlying)
        {
            var converter = $"Expand<{underlying}>(new {property.Converter}(), options)";
            parts.Add($"Converter = {Services}.GetNullableConverter<{underlying}>({Services}.CreateValueInfo<{underlying}>(options, {converter}))");
        }
        else if (property.Converter is not null)
        {
            parts.Add($"Converter = Expand<{property.Type}>(new {property.Converter}(), options)");
        }

        var values = $"new {Metadata}.JsonPropertyInfoValues<{property.Type}> {{ {string.Join(", ", parts)} }}";
        writer.Line($"properties[{index}] = {Services}.CreatePropertyInfo<{property.Type}>(options, {values});");
        Assign(writer, index, property.IsRequired, "IsRequired = true");
        Assign(writer, index, !property.IsGetNullable && property.HasGetter, "IsGetNullable = false");
        Assign(writer, index, !property.IsSetNullable && property.Setter != JsonSetter.None, "IsSetNullable = false");
        Assign(writer, index, property.Order is not null, $"Order = {property.Order}");
        Assign(
            writer,
            index,
            property.ObjectCreationHandling is not null,
            $"ObjectCreationHandling = ({Json}.Serialization.JsonObjectCreationHandling){property.ObjectCreationHandling}");
    }

    private static void Assign(SourceWriter writer, int index, bool condition, string assignment)
    {
        if (condition)
        {
            writer.Line($"properties[{index}].{assignment};");
        }
    }

    private static string Set(JsonTypeModel type, JsonPropertyModel property, int index)
    {
        var target = type.IsValueType
            ? $"global::System.Runtime.CompilerServices.Unsafe.Unbox<{type.Type}>(target)"
            : $"(({property.DeclaringType})target)";
        return property.Setter == JsonSetter.Assignment
            ? $"{target}.@{property.Name} = value!"
            : $"{(property.GenericAccess is { } generic ? $"Access_{type.Property}_{index}{generic.Arguments}." : "")}"
                + $"Set_{type.Property}_{index}({(type.IsValueType ? "ref " : "")}{target}, value!)";
    }

    private static void EmitAccessors(SourceWriter writer, JsonTypeModel type)
    {
        if (type.ConstructUnsafely && !type.HasNoConstructor)
        {
            var parameters = string.Join(", ", type.Parameters.Select((p, i) => $"{p.Type} arg{i.ToString(CultureInfo.InvariantCulture)}"));
            writer.Line().Line($"{Accessor}Constructor)]").Line($"private static extern {type.Type} New_{type.Property}({parameters});");
        }

        for (var i = 0; i < type.Properties.Count; i++)
        {
            if (type.Properties[i].Setter == JsonSetter.Accessor)
            {
                EmitAccessor(writer, type, type.Properties[i], i);
            }
        }
    }

    private static void EmitAccessor(SourceWriter writer, JsonTypeModel type, JsonPropertyModel property, int index)
    {
        var generic = property.GenericAccess;
        writer.Line();
        if (generic is not null)
        {
            writer.Open($"private static class Access_{type.Property}_{index}{generic.Parameters}{generic.Constraints}");
        }

        writer.Line($"{Accessor}Method, Name = \"set_{property.Name}\")]");
        writer.Line(
            $"{(generic is null ? "private" : "public")} static extern void Set_{type.Property}_{index}("
            + $"{(type.IsValueType ? "ref " : "")}{generic?.DeclaringType ?? property.DeclaringType} target, {generic?.MemberType ?? property.Type} value);");
        if (generic is not null)
        {
            writer.Close();
        }
    }
}
