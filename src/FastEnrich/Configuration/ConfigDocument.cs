namespace FastEnrich.Configuration;

/// <summary>One configuration file, flattened, and the mistakes in its form.</summary>
internal sealed class ConfigDocument
{
    /// <summary>Gets a file without keys.</summary>
    public static ConfigDocument Empty { get; } = new() { Name = "(none)", Entries = [], Errors = [], IsBroken = false };

    /// <summary>Gets the path as it was given.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the entries in the order of the file.</summary>
    public required IReadOnlyList<ConfigEntry> Entries { get; init; }

    /// <summary>Gets the mistakes in the order of the file.</summary>
    public required IReadOnlyList<LocatedError> Errors { get; init; }

    /// <summary>Gets whether reading ended early, so that what a missing key means is not known.</summary>
    public required bool IsBroken { get; init; }
}
