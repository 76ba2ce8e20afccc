using Microsoft.Extensions.Configuration;

namespace FastEnrich;

/// <summary>Reads one section of configuration and collects every mistake in it. Used by generated binders; not thread-safe.</summary>
public sealed class ConfigReader
{
    /// <summary>Initializes a reader.</summary>
    /// <param name="section">The section that holds the options.</param>
    /// <param name="errors">Where mistakes are collected.</param>
    public ConfigReader(IConfigurationSection section, ICollection<ConfigError> errors)
    {
        Section = section;
        Errors = errors;
    }

    /// <summary>Gets the section.</summary>
    public IConfigurationSection Section { get; }

    /// <summary>Gets the mistakes found so far.</summary>
    public ICollection<ConfigError> Errors { get; }
}
