using System.CommandLine;
using System.Text.Json;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich config</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create(SidecarIO io)
    {
        var file = new Argument<string>("file") { Description = "The configuration, fastenrich.yaml." };
        var validate = new Command(
            "validate",
            "Checks a configuration as enrich and serve would: prints every mistake with its line to standard error and exits 2, or prints OK and exits 0.")
        {
            file,
        };
        validate.SetAction(parsed =>
        {
            var options = new FastEnrichOptions();
            options.AddAllPlugins();
            options.AddRedis(); // which knows what a connection looks like
            ConfigurationFile.Load(parsed.GetValue(file)!, io, options);
            parsed.InvocationConfiguration.Output.WriteLine("OK");
            return ExitCode.Done;
        });
        return new Command("config", "Works on configuration files.") { validate, Show(io), Schema() };
    }

    private static Command Show(SidecarIO io)
    {
        var file = new Argument<string>("file") { Description = "The configuration, fastenrich.yaml." };
        var json = new Option<bool>("--json") { Description = "Print a JSON array of path, value and origin." };
        var show = new Command("show", "Prints what a configuration comes to with the environment, and where each value is from. Secrets are shown as ***.") { file, json };
        show.SetAction(parsed =>
        {
            var settings = FastEnrichConfiguration.Describe(parsed.GetValue(file)!, Catalog(), io.Variables);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(Json(settings));
                return ExitCode.Done;
            }

            foreach (var setting in settings)
            {
                output.WriteLine($"{setting.Path}: {setting.Value ?? "(none)"}  # {setting.Origin}");
            }

            return ExitCode.Done;
        });
        return show;
    }

    private static Command Schema()
    {
        var schema = new Command("schema", "Prints the JSON Schema of fastenrich.yaml, for editors and checks: the engine's keys and those of every plugin of this program.");
        schema.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(ConfigurationSchema.Create(Catalog()));
            return ExitCode.Done;
        });
        return schema;
    }

    internal static IEnumerable<PluginDescriptor> Catalog()
    {
        var options = new FastEnrichOptions();
        options.AddAllPlugins();
        return options.Catalog.Values;
    }

    private static string Json(IReadOnlyList<EffectiveSetting> settings)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var setting in settings)
            {
                writer.WriteStartObject();
                writer.WriteString("path", setting.Path);
                writer.WriteString("value", setting.Value);
                writer.WriteString("origin", setting.Origin);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
