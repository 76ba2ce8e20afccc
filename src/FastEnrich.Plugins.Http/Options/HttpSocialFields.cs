namespace FastEnrich.Plugins.Http;

/// <summary>Where it stands how the user is connected.</summary>
public sealed partial record HttpSocialFields
{
    /// <summary>Gets the platforms: several values, a list, or a text with commas.</summary>
    [ConfigProperty(Description = "The platforms: several values, a list, or a text with commas", Pattern = HttpOptions.PathPattern)]
    public string? Platforms { get; init; }

    /// <summary>Gets the number of connections.</summary>
    [ConfigProperty(Description = "The number of connections", Pattern = HttpOptions.PathPattern)]
    public string? Connections { get; init; }

    /// <summary>Gets the influence.</summary>
    [ConfigProperty(Description = "The influence", Pattern = HttpOptions.PathPattern)]
    public string? Influence { get; init; }

    /// <summary>Gets the communities: several values, a list, or a text with commas.</summary>
    [ConfigProperty(Description = "The communities: several values, a list, or a text with commas", Pattern = HttpOptions.PathPattern)]
    public string? Communities { get; init; }

    /// <summary>Gets the interactions by kind; JSON of any shape.</summary>
    [ConfigProperty(Description = "The interactions by kind; JSON of any shape", Pattern = HttpOptions.PathPattern)]
    public IReadOnlyDictionary<string, string> Interactions { get; init; } = new Dictionary<string, string>();
}
