using FastEnrich.Sidecar.Cli;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>Reads a configuration file into the engine's options.</summary>
internal static class ConfigurationFile
{
    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="FastEnrichConfigurationException">The configuration has mistakes.</exception>
    public static void Load(string path, SidecarIO io, FastEnrichOptions options)
    {
    }
}
