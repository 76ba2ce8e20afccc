using FastEnrich.Processes;

namespace FastEnrich.Configuration.Schema;

/// <content>Plugins that no program knows by name.</content>
internal sealed partial class SchemaWriter
{
    /// <summary>Any other name is that of a process.</summary>
    private void WriteProcess()
    {
        json.WriteStartObject("additionalProperties");
        json.WriteString("description", "A plugin that runs as a process of its own.");
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartArray("required");
        json.WriteStringValue("process");
        json.WriteEndArray();
        json.WriteStartObject("properties");
        foreach (var entry in PluginsSection.Describe().Entries)
        {
            json.WriteStartObject(entry.Key);
            if (entry is { Key: "config", Kind: SchemaKind.Section })
            {
                json.WriteString("description", "Handed to the process as it stands.");
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
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
