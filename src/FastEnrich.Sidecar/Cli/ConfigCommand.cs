using System.CommandLine;
using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Cli;

/// <summary><c>fastenrich config</c>.</summary>
internal static class ConfigCommand
{
    public static Command Create(SidecarIO io)
    {
        var file = new Argument<string>("file") { Description = "The configuration, fastenrich.yaml." };
        var validate = new Command("validate", "Checks a configuration as enrich and serve would: prints every mistake with its line to standard error and exits 2, or prints OK and exits 0.") { file };
        validate.SetAction(parsed =>
        {
            var options = new FastEnrichOptions();
            options.AddAllPlugins();
            ConfigurationFile.Load(parsed.GetValue(file)!, io, options);
            parsed.InvocationConfiguration.Output.WriteLine("OK");
            return ExitCode.Done;
        });
        return new Command("config", "Works on configuration files.") { validate };
    }
}
