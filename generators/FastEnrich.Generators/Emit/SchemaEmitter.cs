using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes the schema of a plugin's configuration.</summary>
internal static class SchemaEmitter
{
    public static void Emit(SourceWriter writer, OptionsTypeModel type)
    {
        writer.Line("internal static global::FastEnrich.ConfigSchema Schema { get; } = new()");
        writer.Line("{").Indented(w =>
        {
            w.Line("Properties = new global::System.Collections.Generic.Dictionary<string, global::FastEnrich.ConfigProperty>(global::System.StringComparer.Ordinal)");
            w.Line("{").Indented(inner =>
            {
                foreach (var field in type.Fields)
                {
                    inner.Line($"[{Literal.Of(field.Key)}] = new() {{ {string.Join(", ", Parts(field))} }},");
                }
            }).Line("},");
            w.Line($"Required = {Literal.Array(type.Fields.Where(static f => f.Required).Select(static f => f.Key))},");
        }).Line("};");
    }

    /// <summary>Limits and formats of a list or mapping are those of its items.</summary>
    private static ConfigValueModel Innermost(ConfigValueModel value) => value.Items.Count == 0 ? value : Innermost(value.Items[0]);

    private static IEnumerable<string> Parts(ConfigFieldModel field)
    {
        yield return $"Type = global::FastEnrich.ConfigPropertyType.{field.SchemaType}";
        if (Innermost(field.Value).Kind == ConfigValueKind.Size)
        {
            yield return "Format = \"byte-size\"";
        }

        if (field.Description.Length > 0)
        {
            yield return $"Description = {Literal.Of(field.Description)}";
        }

        if (field.Default is not null && !field.Sensitive)
        {
            yield return $"Default = {Literal.Of(field.Default)}";
        }

        if (field.Enum.Count > 0)
        {
            yield return $"Enum = {Literal.Array(field.Enum)}";
        }

        if (field.Pattern is not null)
        {
            yield return $"Pattern = {Literal.Of(field.Pattern)}";
        }

        if (field.Minimum is not null)
        {
            yield return $"Minimum = {field.Minimum}";
        }

        if (field.Maximum is not null)
        {
            yield return $"Maximum = {field.Maximum}";
        }

        if (field.Required)
        {
            yield return "Required = true";
        }

        if (field.Sensitive)
        {
            yield return "Sensitive = true";
        }
    }
}
