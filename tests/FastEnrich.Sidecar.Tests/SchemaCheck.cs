using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FastEnrich.Sidecar.Tests;

/// <summary>Checks YAML against the keywords of JSON Schema that ours uses; an unknown keyword fails the test.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    public bool Accepts(string yaml) => Accepts(Parse(yaml), root);

    private bool Accepts(JsonNode? value, JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            var holds = keyword.Name switch
            {
                "$schema" or "$defs" or "title" or "description" or "properties" => true,
                "additionalProperties" => Properties(value, schema),
                "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(type => IsType(value, type.GetString()!)) : IsType(value, keyword.Value.GetString()!),
                "anyOf" => keyword.Value.EnumerateArray().Any(one => Accepts(value, one)),
                "$ref" => Accepts(value, root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..])),
                "required" => value is not JsonObject mapping || keyword.Value.EnumerateArray().All(key => mapping.ContainsKey(key.GetString()!)),
                "items" => value is not JsonArray array || array.All(item => Accepts(item, keyword.Value)),
                "enum" => value?.GetValueKind() == JsonValueKind.String && keyword.Value.EnumerateArray().Any(one => one.GetString() == value.GetValue<string>()),
                "pattern" => value?.GetValueKind() != JsonValueKind.String || Regex.IsMatch(value.GetValue<string>(), keyword.Value.GetString()!),
                "minimum" => Number(value) is not { } least || least >= keyword.Value.GetDouble(),
                "exclusiveMinimum" => Number(value) is not { } above || above > keyword.Value.GetDouble(),
                "maximum" => Number(value) is not { } most || most <= keyword.Value.GetDouble(),
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    private bool Properties(JsonNode? value, JsonElement schema) =>
        value is not JsonObject mapping || mapping.All(pair => schema.GetProperty("properties").TryGetProperty(pair.Key, out var property)
            ? Accepts(pair.Value, property)
            : schema.GetProperty("additionalProperties") is { ValueKind: JsonValueKind.Object } others && Accepts(pair.Value, others));

    private static double? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    private static bool IsType(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && Math.Floor(number) == number,
        _ => throw new NotSupportedException(type),
    };

    private static JsonNode? Parse(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        return Node(parser);
    }

    private static JsonNode? Node(IParser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            var mapping = new JsonObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                mapping[parser.Consume<Scalar>().Value] = Node(parser);
            }

            return mapping;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var list = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                list.Add(Node(parser));
            }

            return list;
        }

        var scalar = parser.Consume<Scalar>();
        return scalar.Style != ScalarStyle.Plain ? scalar.Value : scalar.Value switch
        {
            "" or "~" or "null" => null,
            "true" => true,
            "false" => false,
            var text when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            var text => text,
        };
    }
}
