using FastEnrich;
using FastEnrich.Configuration;

namespace Microsoft.Extensions.Configuration;

/// <summary>Adds FastEnrich's configuration file and environment variables to a configuration.</summary>
public static class FastEnrichConfigurationBuilderExtensions
{
    /// <summary>
    /// Adds a configuration file: JSON when its name ends in <c>.json</c>, YAML otherwise. Errors found later, by
    /// <see cref="FastEnrichConfiguration.Bind"/>, tell the file's lines.
    /// </summary>
    /// <remarks>
    /// Building the configuration throws a <see cref="FastEnrichConfigurationException"/> that lists every mistake in the file's form.
    /// <c>${VAR}</c> stays as it is written until the configuration is bound.
    /// </remarks>
    /// <param name="builder">The configuration.</param>
    /// <param name="path">The file, relative to the current directory.</param>
    /// <param name="reloadOnChange">
    /// Whether the file is watched, and the configuration reloaded when its content changes. A file that has mistakes then is refused by whoever binds it.
    /// Secrets of <c>${file:...}</c> are read again with it, and are not watched themselves.
    /// </param>
    /// <returns>The configuration.</returns>
    public static IConfigurationBuilder AddFastEnrichFile(this IConfigurationBuilder builder, string path, bool reloadOnChange = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.Add(new FastEnrichFileSource(() => ConfigDocumentReader.ReadFile(path), reloadOnChange ? path : null));
    }

    /// <summary>Adds YAML from a stream.</summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="stream">The YAML, read when the configuration is built; it can be read once.</param>
    /// <param name="name">What errors call it; JSON is read when it ends in <c>.json</c>.</param>
    /// <returns>The configuration.</returns>
    public static IConfigurationBuilder AddFastEnrichStream(this IConfigurationBuilder builder, Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Add(new FastEnrichFileSource(() => ConfigDocumentReader.Read(stream, name)));
    }

    /// <summary>
    /// Adds the environment variables whose names begin with <c>FASTENRICH__</c>, as in <c>FASTENRICH__PLUGINS__HUBSPOT__PRIORITY</c>.
    /// Sources added later are stronger.
    /// </summary>
    /// <param name="builder">The configuration.</param>
    /// <param name="variables">The variables; <see langword="null"/>, the default, for the process's.</param>
    /// <returns>The configuration.</returns>
    public static IConfigurationBuilder AddFastEnrichEnvironment(this IConfigurationBuilder builder, IReadOnlyDictionary<string, string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new FastEnrichEnvironmentSource(variables));
    }
}
