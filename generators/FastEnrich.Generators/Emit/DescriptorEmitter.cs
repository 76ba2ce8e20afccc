using System.Linq;
using FastEnrich.Generators.Models;

namespace FastEnrich.Generators.Emit;

/// <summary>Writes a plugin's descriptor: metadata, factory, binder, needs.</summary>
internal static class DescriptorEmitter
{
    public static void Emit(SourceWriter writer, PluginModel plugin)
    {
        writer.Line(GeneratedCode.Attribute);
        writer.Open($"internal static class {plugin.Stem}");
        writer.Line("internal static global::FastEnrich.PluginDescriptor Descriptor { get; } = new()");
        writer.Line("{").Indented(w => Members(w, plugin)).Line("};");
        writer.Close();
    }

    private static void Members(SourceWriter writer, PluginModel plugin)
    {
        writer.Line("Metadata = new global::FastEnrich.PluginMetadata");
        writer.Line("{").Indented(w => Metadata(w, plugin)).Line("},");
        if (plugin.Aliases.Count > 0)
        {
            writer.Line($"Aliases = {Literal.Array(plugin.Aliases)},");
        }

        writer.Line($"PluginType = typeof({plugin.Type}),");
        if (plugin.OptionsType is not null)
        {
            writer.Line($"OptionsType = typeof({plugin.OptionsType}),");
            writer.Line($"BindOptions = static reader => {plugin.OptionsStem}.Bind(reader),");
        }

        writer.Line($"Create = static activation => new {plugin.Type}({string.Join(", ", plugin.Arguments)}),");
        writer.Line($"Provides = {Literal.Array(plugin.Provides)},");
        var needs = plugin.Needs.Select(n => $"new({Literal.Of(n.Name)}, {Literal.Of(n.Optional)})");
        writer.Line($"Needs = new global::FastEnrich.IdentityNeed[] {{ {string.Join(", ", needs)} }},");
        writer.Line($"DependsOn = {Literal.Array(plugin.DependsOn)},");
        if (plugin.AllowMultiple)
        {
            writer.Line("AllowMultiple = true,");
        }
    }

    private static void Metadata(SourceWriter writer, PluginModel plugin)
    {
        writer.Line($"Name = {Literal.Of(plugin.Name)},");
        writer.Line($"Version = {Literal.Of(plugin.Version)},");
        writer.Line($"Description = {Literal.Of(plugin.Description)},");
        writer.Line($"Author = {Literal.Of(plugin.Author)},");
        writer.Line($"Website = {Literal.Of(plugin.Website)},");
        writer.Line($"License = {Literal.Of(plugin.License)},");
        writer.Line($"Capabilities = {Literal.Array(plugin.Capabilities)},");
        writer.Line($"Dependencies = {(plugin.DependsOn.Count == 0 ? "null" : Literal.Array(plugin.DependsOn))},");
        writer.Line($"Tags = {(plugin.Tags.Count == 0 ? "null" : Literal.Array(plugin.Tags))},");
        if (plugin.MinEngineVersion is not null)
        {
            writer.Line($"MinEngineVersion = {Literal.Of(plugin.MinEngineVersion)},");
        }

        if (plugin.MaxEngineVersion is not null)
        {
            writer.Line($"MaxEngineVersion = {Literal.Of(plugin.MaxEngineVersion)},");
        }

        if (plugin.OptionsStem is not null)
        {
            writer.Line($"ConfigSchema = {plugin.OptionsStem}.Schema,");
        }
    }
}
