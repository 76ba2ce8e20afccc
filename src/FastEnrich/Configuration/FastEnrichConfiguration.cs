using FastEnrich.Configuration;
using Microsoft.Extensions.Configuration;

namespace FastEnrich;

/// <summary>Reads an engine's options from a configuration file, from the environment, or from any <see cref="IConfiguration"/>.</summary>
/// <remarks>
/// Weakest first: the defaults of the options, the file, short forms such as <c>HUBSPOT_API_KEY</c>, variables with the prefix
/// <c>FASTENRICH__</c>, and what code sets on the options afterwards.
/// </remarks>
public static class FastEnrichConfiguration
{
    /// <summary>Reads a file, JSON when its name ends in <c>.json</c> and YAML otherwise, and the environment.</summary>
    /// <param name="options">The options, which know the plugins by now; unchanged when the configuration is refused.</param>
    /// <param name="path">The file, relative to the current directory.</param>
    /// <param name="environment">The environment variables; <see langword="null"/>, the default, for the process's.</param>
    /// <exception cref="FastEnrichConfigurationException">The file cannot be read, or has mistakes; all of them are listed.</exception>
    public static void LoadFile(this FastEnrichOptions options, string path, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(path);
        options.Files.Add(path);
        Apply(options, ConfigurationReading.Read(ConfigDocumentReader.ReadFile(path), [.. options.Catalog.Values], environment ?? ConfigEnvironment.Read()));
    }

    /// <summary>
    /// Reads the sections <c>engine</c> and <c>plugins</c> of a configuration, and the environment where the configuration has no
    /// <see cref="FastEnrichConfigurationBuilderExtensions.AddFastEnrichEnvironment"/>.
    /// </summary>
    /// <remarks>
    /// A root's other sections are the host's, except in a FastEnrich file, where they are mistakes. A section belongs to FastEnrich
    /// as a whole; lines are known only where a root is given.
    /// </remarks>
    /// <param name="options">The options, which know the plugins by now; unchanged when the configuration is refused.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="environment">The environment variables; <see langword="null"/>, the default, for the process's.</param>
    /// <exception cref="FastEnrichConfigurationException">The configuration has mistakes; all of them are listed.</exception>
    public static void Bind(this FastEnrichOptions options, IConfiguration configuration, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configuration);
        Apply(options, ConfigurationReading.Read(configuration, [.. options.Catalog.Values], environment ?? ConfigEnvironment.Read()));
    }

    /// <summary>Checks a file as <see cref="LoadFile"/> reads it, with the environment.</summary>
    /// <param name="path">The file, relative to the current directory.</param>
    /// <param name="catalog">The known plugins.</param>
    /// <param name="environment">The environment variables; <see langword="null"/>, the default, for the process's.</param>
    /// <returns>Every mistake, in the order of the file; empty when there is none.</returns>
    public static IReadOnlyList<ConfigError> Validate(
        string path, IEnumerable<PluginDescriptor> catalog, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(catalog);
        return ConfigurationReading.Read(ConfigDocumentReader.ReadFile(path), [.. catalog], environment ?? ConfigEnvironment.Read()).Errors;
    }

    /// <summary>Tells what a file and the environment come to: every setting of the engine and of the plugins that have a section, and where its value is from.</summary>
    /// <param name="path">The file, relative to the current directory.</param>
    /// <param name="catalog">The known plugins.</param>
    /// <param name="environment">The environment variables; <see langword="null"/>, the default, for the process's.</param>
    /// <returns>The settings, with secrets as <c>***</c>; a value that came through a variable or a file is shown as it is written.</returns>
    /// <exception cref="FastEnrichConfigurationException">The file cannot be read, or has mistakes; all of them are listed.</exception>
    public static IReadOnlyList<EffectiveSetting> Describe(
        string path, IEnumerable<PluginDescriptor> catalog, IReadOnlyDictionary<string, string>? environment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(catalog);
        PluginDescriptor[] known = [.. catalog];
        var reading = ConfigurationReading.Read(ConfigDocumentReader.ReadFile(path), known, environment ?? ConfigEnvironment.Read());
        return reading.Errors.Count > 0 ? throw new FastEnrichConfigurationException(reading.Errors) : Configuration.Schema.EffectiveSettings.Of(reading, known);
    }

    private static void Apply(FastEnrichOptions options, ConfigurationReading reading)
    {
        options.Files.UnionWith(reading.Files);
        if (options.CheckStore is { } check)
        {
            reading.Check(check);
        }

        if (reading.Errors.Count > 0)
        {
            throw new FastEnrichConfigurationException(reading.Errors);
        }

        reading.ReadEngine(options.Engine);
        foreach (var descriptor in reading.Declared)
        {
            options.Declare(descriptor);
        }

        foreach (var (name, settings) in reading.Plugins)
        {
            options.Plugins[name] = settings;
        }

        foreach (var (name, read) in reading.Dormant)
        {
            options.Dormant[name] = read;
        }
    }
}
