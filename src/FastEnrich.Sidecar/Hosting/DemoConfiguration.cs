using System.Text.Encodings.Web;
using System.Text.Json;
using FastEnrich.Sidecar.Cli;
using FastEnrich.Simulators;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>Writes the <c>fastenrich.yaml</c> that asks running simulators.</summary>
internal static class DemoConfiguration
{
    public static void Write(DemoUpstreams upstreams, TextWriter writer)
    {
        var ids = string.Join(", ", upstreams.Population.UserIds.Take(3));
        writer.WriteLine($"# Five simulated systems over one population of {upstreams.Population.Count} users, such as {ids}.");
        writer.WriteLine("# They run until this program ends; every secret below is part of the simulation.");
        foreach (var simulator in upstreams.Simulators)
        {
            writer.WriteLine($"#   {simulator.PluginName,-11} {simulator.BaseUrl}");
        }

        var catalog = ConfigCommand.Catalog().ToDictionary(static plugin => plugin.Name, StringComparer.Ordinal);
        writer.WriteLine("plugins:");
        foreach (var simulator in upstreams.Simulators)
        {
            writer.WriteLine($"  {simulator.PluginName}:");
            writer.WriteLine("    config:");
            WriteSection(DemoUpstreams.ConfigurationOf(simulator), catalog[simulator.PluginName].Metadata.ConfigSchema, writer);
        }
    }

    private static void WriteSection(IReadOnlyDictionary<string, string> configuration, ConfigSchema schema, TextWriter writer)
    {
        foreach (var group in configuration.GroupBy(static entry => entry.Key.Split(':')[0]))
        {
            if (group.First() is var single && single.Key == group.Key)
            {
                // Numbers without quotes: so the schema of the file wants them.
                var isNumber = schema.Properties.GetValueOrDefault(group.Key) is { Type: ConfigPropertyType.Integer or ConfigPropertyType.Number or ConfigPropertyType.Boolean };
                writer.WriteLine($"      {group.Key}: {(isNumber ? single.Value : Quoted(single.Value))}");
                continue;
            }

            writer.WriteLine($"      {group.Key}:");
            foreach (var (key, value) in group)
            {
                writer.WriteLine($"        {key[(group.Key.Length + 1)..]}: {Quoted(value)}");
            }
        }
    }

    /// <summary>YAML's double-quoted texts take JSON's escapes; a dollar would begin a variable.</summary>
    private static string Quoted(string value) =>
        $"\"{JsonEncodedText.Encode(value.Replace("$", "$$", StringComparison.Ordinal), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
