using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes what reads a plugin's options from configuration, and their schema. Both come from one model, so they agree.</summary>
internal static class BinderEmitter
{
    private const string ReadArguments =
        "global::FastEnrich.ConfigReader reader, global::Microsoft.Extensions.Configuration.IConfigurationSection at, global::FastEnrich.ConfigRule rule";

    public static void Emit(SourceWriter writer, OptionsModel options)
    {
        writer.Line(GeneratedCode.Attribute);
        writer.Open($"internal static class {options.Stem}");
        SchemaEmitter.Emit(writer, options.Types[0]);
        writer.Line();
        writer.Line($"internal static object Bind(global::FastEnrich.ConfigReader reader) => Bind_{options.Types[0].Stem}(reader);");
        foreach (var type in options.Types)
        {
            EmitType(writer, type);
        }

        writer.Close();
    }

    private static void EmitType(SourceWriter writer, OptionsTypeModel type)
    {
        for (var i = 0; i < type.Fields.Count; i++)
        {
            writer.Line();
            writer.Line($"private static readonly global::FastEnrich.ConfigRule {Rule(type, i)} = {RuleOf(type.Fields[i])};");
        }

        writer.Line();
        writer.Open($"private static {type.Type} Bind_{type.Stem}(global::FastEnrich.ConfigReader reader)");
        writer.Line($"var options = {(type.ConstructUnsafely ? $"New_{type.Stem}()" : $"new {type.Type}()")};");
        for (var i = 0; i < type.Fields.Count; i++)
        {
            var field = type.Fields[i];
            writer.Open($"if (reader.Find({Rule(type, i)}) is {{ }} at{i} && {Reader(field.Value, $"{type.Stem}_{i}")}(reader, at{i}, {Rule(type, i)}, out var value{i}))");
            writer.Line(field.SetUnsafely ? $"Set_{type.Stem}_{i}(options, value{i});" : $"options.@{field.Property} = value{i};");
            writer.Close().Line();
        }

        writer.Line("reader.Finish();").Line("return options;").Close();
        EmitAccessors(writer, type);
        for (var i = 0; i < type.Fields.Count; i++)
        {
            EmitReader(writer, type.Fields[i].Value, $"{type.Stem}_{i}");
        }
    }

    /// <summary>Accessors set <c>init</c> properties one by one: an object initialiser would need every value, and lose the initialisers.</summary>
    private static void EmitAccessors(SourceWriter writer, OptionsTypeModel type)
    {
        if (type.ConstructUnsafely)
        {
            writer.Line().Line("[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)]");
            writer.Line($"private static extern {type.Type} New_{type.Stem}();");
        }

        for (var i = 0; i < type.Fields.Count; i++)
        {
            var field = type.Fields[i];
            if (field.SetUnsafely)
            {
                writer.Line().Line(
                    "[global::System.Runtime.CompilerServices.UnsafeAccessor("
                    + $"global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"set_{field.Property}\")]");
                writer.Line($"private static extern void Set_{type.Stem}_{i}({field.DeclaringType} options, {field.Value.Type} value);");
            }
        }
    }

    private static string Reader(ConfigValueModel value, string path) => value.Kind switch
    {
        ConfigValueKind.Text => "global::FastEnrich.ConfigParse.Text",
        ConfigValueKind.Flag => "global::FastEnrich.ConfigParse.Flag",
        ConfigValueKind.Integer or ConfigValueKind.Number => $"global::FastEnrich.ConfigParse.Number<{value.Type.TrimEnd('?')}>",
        ConfigValueKind.Duration => "global::FastEnrich.ConfigParse.Duration",
        ConfigValueKind.Size => $"global::FastEnrich.ConfigParse.Size<{value.Type.TrimEnd('?')}>",
        ConfigValueKind.Address => "global::FastEnrich.ConfigParse.Address",
        _ => $"Read_{path}",
    };

    private static void EmitReader(SourceWriter writer, ConfigValueModel value, string path)
    {
        if (value.Kind < ConfigValueKind.Choice)
        {
            return;
        }

        writer.Line();
        if (value.Kind == ConfigValueKind.Choice)
        {
            var pair = $"global::System.Collections.Generic.KeyValuePair<string, {value.Type.TrimEnd('?')}>";
            var choices = string.Join(", ", value.Choices.Select(c => $"new({Literal.Of(c.Name)}, {c.Value})"));
            writer.Line($"private static readonly {pair}[] s_choices_{path} = new {pair}[] {{ {choices} }};").Line();
        }

        writer.Open($"private static bool Read_{path}({ReadArguments}, out {value.Type.TrimEnd('?')} value)");
        switch (value.Kind)
        {
            case ConfigValueKind.Choice:
                writer.Line($"return global::FastEnrich.ConfigParse.Choice(reader, at, rule, s_choices_{path}, out value);");
                break;
            case ConfigValueKind.Nested:
                writer.Line($"value = Bind_{value.NestedStem}(reader.Into(at, rule));").Line("return true;");
                break;
            default:
                var method = value.Kind == ConfigValueKind.Map ? "Map" : "List";
                var item = Reader(value.Items[0], path + "_item");
                writer.Line($"var valid = global::FastEnrich.ConfigParse.{method}<{value.Items[0].Type}>(reader, at, rule, {item}, out var items);");
                writer.Line(value.Kind == ConfigValueKind.Array ? "value = items.ToArray();" : "value = items;").Line("return valid;");
                break;
        }

        writer.Close();
        foreach (var item in value.Items)
        {
            EmitReader(writer, item, path + "_item");
        }
    }

    private static string Rule(OptionsTypeModel type, int index) => $"s_rule_{type.Stem}_{index}";

    private static string RuleOf(ConfigFieldModel field)
    {
        var parts = new List<string>();
        if (field.Required)
        {
            parts.Add("Required = true");
        }

        if (field.Sensitive)
        {
            parts.Add("Sensitive = true");
        }

        if (field.Minimum is not null)
        {
            parts.Add($"Minimum = {field.Minimum}");
        }

        if (field.Maximum is not null)
        {
            parts.Add($"Maximum = {field.Maximum}");
        }

        if (field.Enum.Count > 0 && field.Value.Kind != ConfigValueKind.Choice)
        {
            parts.Add($"Enum = {Literal.Array(field.Enum)}");
        }

        if (field.Pattern is not null)
        {
            parts.Add($"Pattern = {Literal.Of(field.Pattern)}");
        }

        return $"new({Literal.Of(field.Key)}){(parts.Count == 0 ? "" : $" {{ {string.Join(", ", parts)} }}")}";
    }
}
