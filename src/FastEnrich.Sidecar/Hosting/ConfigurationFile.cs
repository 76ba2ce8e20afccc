using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>Reads a configuration file into the engine's options.</summary>
internal static class ConfigurationFile
{
    /// <exception cref="FastEnrichConfigurationException">The file cannot be read, or has mistakes.</exception>
    public static void Load(string path, SidecarIO io, FastEnrichOptions options) => options.LoadFile(path, io.Variables);
}
