using System.Globalization;
using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>
/// Writes how values go straight to a <c>Utf8JsonWriter</c>: the serialization fast path, which System.Text.Json takes whenever its options are those that the
/// context was made for.
/// </summary>
internal sealed class JsonWriterEmitter
{
    private const string Json = "global::System.Text.Json";
    private const int WhenWritingDefault = 2; // JsonIgnoreCondition
    private const int WhenWritingNull = 3;
    private const int WhenWriting = 4;

    private readonly SourceWriter _writer;
    private readonly Dictionary<string, JsonTypeModel> _types;
    private readonly string _policy;

    public JsonWriterEmitter(SourceWriter writer, JsonContextModel model, string policy)
    {
        _writer = writer;
        _types = model.Types.ToDictionary(static type => type.Type, StringComparer.Ordinal);
        _policy = policy;
    }

    /// <summary>Says whether a type has a fast path: none where what is written depends on converters or number handling of members.</summary>
    public static bool IsFast(JsonTypeModel type) => type.Shape switch
    {
        JsonShape.Object => type.NumberHandling is null && type.Properties.All(static p =>
            p.Converter is null && p.NumberHandling is null && !p.Kind.HasFlag(JsonMemberKind.ExtensionData)),
        JsonShape.Array or JsonShape.List or JsonShape.IList or JsonShape.ICollection or JsonShape.IEnumerable or JsonShape.ISet or JsonShape.HashSet
            or JsonShape.Dictionary or JsonShape.IDictionary or JsonShape.IReadOnlyDictionary => true,
        _ => false,
    };

    public void Emit(JsonTypeModel type)
    {
        if (!IsFast(type))
        {
            return;
        }

        if (type.Shape == JsonShape.Object)
        {
            EmitNames(type);
        }

        _writer.Line();
        _writer.Open($"private void Write_{type.Property}({Json}.Utf8JsonWriter writer, {type.Type}{(type.IsValueType ? "" : "?")} value)");
        if (!type.IsValueType)
        {
            _writer.Open("if (value is null)").Line("writer.WriteNullValue();").Line("return;").Close().Line();
        }

        switch (type.Shape)
        {
            case JsonShape.Object:
                EmitObject(type);
                break;
            case JsonShape.Dictionary or JsonShape.IDictionary or JsonShape.IReadOnlyDictionary:
                EmitDictionary(type);
                break;
            default:
                EmitList(type);
                break;
        }

        _writer.Close();
    }

    private static bool IsWritten(JsonPropertyModel property) => property.HasGetter && property.Ignore != WhenWriting;

    private static string Index(int index) => index.ToString(CultureInfo.InvariantCulture);

    private void EmitNames(JsonTypeModel type)
    {
        _writer.Line();
        for (var i = 0; i < type.Properties.Count; i++)
        {
            var property = type.Properties[i];
            if (IsWritten(property))
            {
                var name = property.JsonName is { } given ? Literal.Of(given)
                    : _policy.Length == 0 ? Literal.Of(property.Name)
                    : $"{Json}.JsonNamingPolicy.{_policy}.ConvertName({Literal.Of(property.Name)})";
                _writer.Line($"private static readonly {Json}.JsonEncodedText Name_{type.Property}_{Index(i)} = {Json}.JsonEncodedText.Encode({name});");
            }
        }
    }

    private void EmitObject(JsonTypeModel type)
    {
        _writer.Line("writer.WriteStartObject();");
        foreach (var (property, index) in type.Properties.Select(static (p, i) => (p, i)).OrderBy(static p => p.p.Order ?? 0))
        {
            if (!IsWritten(property))
            {
                continue;
            }

            var name = $"Name_{type.Property}_{Index(index)}";
            var local = $"value{Index(index)}";
            _writer.Line($"var {local} = (({property.DeclaringType})value).@{property.Name};");
            if (property.Ignore is WhenWritingNull or WhenWritingDefault)
            {
                _writer.Open(property.Ignore == WhenWritingNull
                    ? $"if ({local} is not null)"
                    : $"if (!global::System.Collections.Generic.EqualityComparer<{property.Type}>.Default.Equals(default, {local}))");
                EmitMember(property.Type, name, local);
                _writer.Close();
            }
            else
            {
                EmitMember(property.Type, name, local);
            }
        }

        _writer.Line("writer.WriteEndObject();");
    }

    private void EmitMember(string typeName, string name, string value)
    {
        var type = _types[typeName];
        if (Scalar(type, value) is { } scalar)
        {
            _writer.Line($"writer.{scalar.Method}({name}, {scalar.Value});");
        }
        else if (Underlying(type) is { } underlying && Scalar(underlying, value + "Given") is { } given)
        {
            _writer.Open($"if ({value} is {{ }} {value}Given)").Line($"writer.{given.Method}({name}, {given.Value});").Close();
            _writer.Open("else").Line($"writer.WriteNull({name});").Close();
        }
        else
        {
            _writer.Line($"writer.WritePropertyName({name});").Line(Whole(type, value));
        }
    }

    private void EmitElement(string typeName, string value)
    {
        var type = _types[typeName];
        if (Scalar(type, value) is { } scalar)
        {
            _writer.Line($"writer.{scalar.Method}Value({scalar.Value});");
        }
        else if (Underlying(type) is { } underlying && Scalar(underlying, value + "Given") is { } given)
        {
            _writer.Open($"if ({value} is {{ }} {value}Given)").Line($"writer.{given.Method}Value({given.Value});").Close();
            _writer.Open("else").Line("writer.WriteNullValue();").Close();
        }
        else
        {
            _writer.Line(Whole(type, value));
        }
    }

    private void EmitList(JsonTypeModel type)
    {
        _writer.Line("writer.WriteStartArray();");
        var count = type.Shape switch
        {
            JsonShape.Array => "Length",
            JsonShape.List or JsonShape.IList => "Count",
            JsonShape.IEnumerable when type.Type.StartsWith("global::System.Collections.Generic.IReadOnlyList<", StringComparison.Ordinal) => "Count", // no enumerator to allocate
            _ => null,
        };
        if (count is null)
        {
            _writer.Open("foreach (var item in value)");
        }
        else
        {
            _writer.Open($"for (var i = 0; i < value.{count}; i++)").Line("var item = value[i];");
        }

        EmitElement(type.Element!, "item");
        _writer.Close().Line("writer.WriteEndArray();");
    }

    private void EmitDictionary(JsonTypeModel type)
    {
        _writer.Line("writer.WriteStartObject();");
        _writer.Open("foreach (var entry in value)").Line("writer.WritePropertyName(entry.Key);").Line("var item = entry.Value;");
        EmitElement(type.Element!, "item");
        _writer.Close().Line("writer.WriteEndObject();");
    }

    /// <summary>The statement that writes a whole value, the property's name being written.</summary>
    private static string Whole(JsonTypeModel type, string value) =>
        IsFast(type) ? $"Write_{type.Property}(writer, {value});" : $"{Json}.JsonSerializer.Serialize(writer, {value}, @{type.Property});";

    private JsonTypeModel? Underlying(JsonTypeModel type) => type.Shape == JsonShape.Nullable ? _types[type.Element!] : null;

    /// <summary>The writer's own method for a value, as System.Text.Json's converters call it; <see langword="null"/> where they do more.</summary>
    private static (string Method, string Value)? Scalar(JsonTypeModel type, string value) => type.Shape != JsonShape.Value ? null : type.Converter switch
    {
        "BooleanConverter" => ("WriteBoolean", value),
        "ByteConverter" or "SByteConverter" or "Int16Converter" or "UInt16Converter" or "Int32Converter" or "UInt32Converter" or "Int64Converter" or "UInt64Converter"
            or "SingleConverter" or "DoubleConverter" or "DecimalConverter" => ("WriteNumber", value),
        "StringConverter" or "DateTimeConverter" or "DateTimeOffsetConverter" or "GuidConverter" => ("WriteString", value),
        _ => null,
    };
}
