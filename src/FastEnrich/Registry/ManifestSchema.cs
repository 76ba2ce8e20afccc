using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>Reads a manifest's <c>config_schema</c>.</summary>
internal static class ManifestSchema
{
    private const int MaxProperties = 256;
    private const string Path = "config_schema";

    public static ConfigSchema Read(JsonElement schema, ManifestProblems problems)
    {
        var fields = new ManifestFields(schema, Path, problems);
        var required = fields.Texts("required", MaxProperties, ManifestText.MaxKey) ?? [];
        var properties = new Dictionary<string, ConfigProperty>(StringComparer.Ordinal);
        if (fields.Object("properties") is { } members)
        {
            var at = $"{Path}.properties";
            if (members.EnumerateObject().Count() > MaxProperties)
            {
                problems.Error(at, $"has at most {MaxProperties} members");
                return ConfigSchema.Empty;
            }

            foreach (var member in members.EnumerateObject())
            {
                if (!ManifestKeys.TryName(member, out var name) || ManifestText.ShownKey(name) != name)
                {
                    problems.Error($"{at}.?", "a key has 1 to 64 letters, digits, '_', '-', '.' or '$'");
                }
                else if (ReadProperty(member.Value, $"{at}.{name}", required.Contains(name), problems) is { } property)
                {
                    properties[name] = property;
                }
            }
        }

        for (var i = 0; i < required.Count; i++)
        {
            if (!properties.ContainsKey(required[i]))
            {
                problems.Error($"{Path}.required[{i}]", "is no property of this schema");
            }
        }

        fields.WarnOfUnknown();
        return new ConfigSchema { Properties = properties, Required = required };
    }

    private static ConfigProperty? ReadProperty(JsonElement element, string path, bool isRequired, ManifestProblems problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Error(path, "is an object");
            return null;
        }

        var fields = new ManifestFields(element, path, problems);
        var type = TypeOf(fields.Text("type", 16, required: true));
        if (type is null)
        {
            problems.Error($"{path}.type", "is string, integer, number, boolean, duration, array or object");
        }

        var property = new ConfigProperty
        {
            Type = type ?? default,
            Description = fields.Text("description", 2000) ?? "",
            Default = fields.Text("default", 2000),
            Enum = fields.Texts("enum", 256, 256),
            Pattern = fields.Text("pattern", 1000), // never compiled: it only tells people what fits
            Minimum = fields.Number("minimum"),
            Maximum = fields.Number("maximum"),
            Required = isRequired,
            Sensitive = fields.Flag("sensitive"),
        };
        if (fields.Flag("required") && !isRequired)
        {
            problems.Error($"{path}.required", "is derived from the schema's list, which does not name it");
        }

        if (property.Sensitive && property.Default is not null)
        {
            problems.Error($"{path}.default", "a sensitive property has no default");
        }

        fields.WarnOfUnknown();
        return property;
    }

    private static ConfigPropertyType? TypeOf(string? text) => text switch
    {
        "string" => ConfigPropertyType.String,
        "integer" => ConfigPropertyType.Integer,
        "number" => ConfigPropertyType.Number,
        "boolean" => ConfigPropertyType.Boolean,
        "duration" => ConfigPropertyType.Duration,
        "array" => ConfigPropertyType.Array,
        "object" => ConfigPropertyType.Object,
        _ => null,
    };
}
