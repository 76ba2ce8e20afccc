using FastEnrich.Processes;

namespace FastEnrich.Configuration.Schema;

/// <content>Plugins that the configuration itself makes known.</content>
internal sealed partial class SchemaWriter
{
    /// <summary>A section of any other name is a process, or has the type of a plugin that allows it, and then that plugin's options.</summary>
    private void WriteDeclared(IEnumerable<PluginDescriptor> catalog)
    {
        PluginDescriptor[] types = [.. DeclaredPlugins.Types(catalog)];
        json.WriteString("description", "A plugin under a name of its own: a process, or another plugin's type.");
        Mapping(() =>
        {
            foreach (var entry in PluginsSection.Describe().Entries)
            {
                json.WriteStartObject(entry.Key);
                if (entry.Key == "config")
                {
                    json.WriteString("description", "Handed to a process as it stands; a type says what is in it.");
                    Types("object", "null");
                }
                else
                {
                    Entry(entry);
                }

                json.WriteEndObject();
            }

            json.WriteStartObject("process");
            Section(ProcessSection.Describe(), config: null);
            json.WriteEndObject();
            json.WriteStartObject("type");
            Names(types.SelectMany(static type => type.Aliases.Prepend(type.Name)));
            json.WriteEndObject();
        });
        json.WriteStartArray("oneOf");
        foreach (var key in DeclaredPlugins.Keys)
        {
            json.WriteStartObject();
            Names("required", key);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("allOf");
        foreach (var type in types)
        {
            json.WriteStartObject();
            json.WriteStartObject("if");
            Names("required", "type");
            json.WriteStartObject("properties");
            json.WriteStartObject("type");
            Names(type.Aliases.Prepend(type.Name));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("then");
            json.WriteStartObject("properties");
            json.WriteStartObject("config");
            Mapping(() => Config(type.Metadata.ConfigSchema));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
