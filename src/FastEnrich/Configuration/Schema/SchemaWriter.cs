using System.Text.Json;

namespace FastEnrich.Configuration.Schema;

/// <summary>Writes what is described as JSON Schema.</summary>
internal sealed partial class SchemaWriter(Utf8JsonWriter json)
{
    private const string VariablePattern = @"\$\{[^}]+\}";
    private const string DurationPattern = @"^\s*(([0-9]+\.?[0-9]*|\.[0-9]+)(ms|s|m|h|d)?|([0-9]+\.)?([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?)\s*$";
    private const string SizePattern = @"^\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*([KMGTkmgt][Ii]?[Bb]|[Bb])?\s*$";

    public void Write(IEnumerable<PluginDescriptor> catalog)
    {
        json.WriteStartObject();
        json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.WriteString("title", "FastEnrich configuration");
        WriteDefinitions();
        Mapping(() =>
        {
            json.WriteStartObject("$schema");
            json.WriteString("type", "string");
            json.WriteEndObject();
            json.WriteStartObject("engine");
            Section(EngineSection.Describe(), config: null);
            json.WriteEndObject();
            json.WriteStartObject("plugins");
            Mapping(() => WritePlugins(catalog), () => WriteDeclared(catalog));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private void WriteDefinitions()
    {
        json.WriteStartObject("$defs");
        Definition("variable", VariablePattern, "A value with ${NAME}, ${NAME:-default} or ${file:/path} in it.");
        Definition("duration", DurationPattern, ConfigDuration.Forms);
        Definition("size", SizePattern, ConfigByteSize.Forms);
        json.WriteEndObject();
    }

    private void Definition(string name, string pattern, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("type", "string");
        json.WriteString("pattern", pattern);
        json.WriteString("description", description);
        json.WriteEndObject();
    }

    private void WritePlugins(IEnumerable<PluginDescriptor> catalog)
    {
        var settings = PluginsSection.Describe();
        foreach (var plugin in catalog.OrderBy(static plugin => plugin.Name, StringComparer.Ordinal))
        {
            foreach (var name in plugin.Aliases.Prepend(plugin.Name))
            {
                json.WriteStartObject(name);
                if (plugin.Metadata.Description.Length > 0)
                {
                    json.WriteString("description", plugin.Metadata.Description);
                }

                Section(settings, plugin.Metadata.ConfigSchema);
                json.WriteEndObject();
            }
        }
    }

    private void Section(SchemaSection section, ConfigSchema? config) => Mapping(() =>
    {
        foreach (var entry in section.Entries)
        {
            json.WriteStartObject(entry.Key);
            if (config is not null && entry is { Key: "config", Kind: SchemaKind.Section })
            {
                Mapping(() => Config(config));
            }
            else
            {
                Entry(entry);
            }

            json.WriteEndObject();
        }
    });

    private void Entry(SchemaEntry entry)
    {
        switch (entry.Kind)
        {
            case SchemaKind.Section:
                Section(entry.Section!, config: null);
                break;
            case SchemaKind.List:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                Section(entry.Section!, config: null);
                json.WriteEndObject();
                break;
            case SchemaKind.Texts:
                json.WriteString("description", entry.Expected);
                Types("array", "null");
                Items();
                break;
            case SchemaKind.TextOrTexts:
                json.WriteString("description", entry.Expected);
                Types("array", "string", "null");
                Items();
                break;
            default:
                json.WriteString("description", entry.Expected);
                Scalar(entry.Kind, entry.Minimum, entry.Maximum, entry.IsAboveMinimum, entry.Allowed, null);
                break;
        }
    }

    private void Config(ConfigSchema schema)
    {
        foreach (var (key, property) in schema.Properties.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(key);
            if (property.Description.Length > 0)
            {
                json.WriteString("description", property.Description);
            }

            if (property.Type is ConfigPropertyType.Array or ConfigPropertyType.Object)
            {
                Types(property.Type == ConfigPropertyType.Array ? "array" : "object", "null");
            }
            else
            {
                Scalar(KindOf(property), property.Minimum, property.Maximum, isAboveMinimum: false, property.Enum, property.Pattern);
            }

            json.WriteEndObject();
        }
    }

    private static SchemaKind KindOf(ConfigProperty property) => property.Type switch
    {
        _ when property.Format == "byte-size" => SchemaKind.Size,
        ConfigPropertyType.Integer => SchemaKind.Integer,
        ConfigPropertyType.Number => SchemaKind.Number,
        ConfigPropertyType.Boolean => SchemaKind.Flag,
        ConfigPropertyType.Duration => SchemaKind.Duration,
        _ => SchemaKind.Text,
    };

    /// <summary>A value of that kind, nothing, or text with a variable in it.</summary>
    private void Scalar(SchemaKind kind, double? minimum, double? maximum, bool isAboveMinimum, IReadOnlyList<string>? allowed, string? pattern)
    {
        json.WriteStartArray("anyOf");
        if (kind is SchemaKind.Integer or SchemaKind.Number or SchemaKind.Duration or SchemaKind.Size)
        {
            Number(kind, kind == SchemaKind.Duration ? minimum ?? 0 : minimum, maximum, isAboveMinimum);
        }

        switch (kind)
        {
            case SchemaKind.Duration:
                Reference("duration");
                break;
            case SchemaKind.Size:
                Reference("size");
                break;
            case SchemaKind.Flag:
                Type("boolean");
                break;
            case SchemaKind.Text:
                Text(allowed, pattern);
                break;
        }

        Type("null");
        Reference("variable");
        json.WriteEndArray();
    }

    private void Number(SchemaKind kind, double? minimum, double? maximum, bool isAboveMinimum)
    {
        json.WriteStartObject();
        json.WriteString("type", kind is SchemaKind.Integer ? "integer" : "number");
        if (minimum is { } least)
        {
            json.WriteNumber(isAboveMinimum ? "exclusiveMinimum" : "minimum", least);
        }

        if (maximum is { } most)
        {
            json.WriteNumber("maximum", most);
        }

        json.WriteEndObject();
    }

    private void Text(IReadOnlyList<string>? allowed, string? pattern)
    {
        json.WriteStartObject();
        json.WriteString("type", "string");
        if (allowed is not null)
        {
            Names(allowed);
        }

        if (pattern is not null)
        {
            json.WriteString("pattern", pattern);
        }

        json.WriteEndObject();
        if (allowed is null && pattern is null)
        {
            Type("number"); // YAML's 12345 is text where text is wanted
            Type("boolean");
        }
    }

    private void Type(string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private void Items()
    {
        json.WriteStartObject("items");
        Scalar(SchemaKind.Text, null, null, isAboveMinimum: false, null, null);
        json.WriteEndObject();
    }

    private void Reference(string name)
    {
        json.WriteStartObject();
        json.WriteString("$ref", $"#/$defs/{name}");
        json.WriteEndObject();
    }

    private void Types(params ReadOnlySpan<string> types) => Names("type", types);

    private void Names(IEnumerable<string> allowed) => Names("enum", [.. allowed]);

    private void Names(string keyword, params ReadOnlySpan<string> names)
    {
        json.WriteStartArray(keyword);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    /// <summary>A mapping of the written properties and no others, unless they are described; nothing counts as not given.</summary>
    private void Mapping(Action properties, Action? others = null)
    {
        Types("object", "null");
        if (others is null)
        {
            json.WriteBoolean("additionalProperties", false);
        }
        else
        {
            json.WriteStartObject("additionalProperties");
            others();
            json.WriteEndObject();
        }

        json.WriteStartObject("properties");
        properties();
        json.WriteEndObject();
    }
}
