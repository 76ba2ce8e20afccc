using System.Collections.Frozen;

namespace FastEnrich;

/// <summary>What a plugin's configuration must look like.</summary>
public sealed class ConfigSchema
{
    /// <summary>Gets the schema of a plugin without configuration.</summary>
    public static ConfigSchema Empty { get; } = new();

    /// <summary>Gets the properties by their key in configuration.</summary>
    public IReadOnlyDictionary<string, ConfigProperty> Properties
    {
        get;
        init => field = value ?? FrozenDictionary<string, ConfigProperty>.Empty;
    } = FrozenDictionary<string, ConfigProperty>.Empty;

    /// <summary>Gets the keys that must be given.</summary>
    public IReadOnlyList<string> Required { get; init => field = value ?? []; } = [];
}
