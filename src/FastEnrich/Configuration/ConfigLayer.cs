namespace FastEnrich.Configuration;

/// <summary>One source of configuration among others; they are listed weakest first.</summary>
internal sealed class ConfigLayer
{
    public required IReadOnlyList<ConfigEntry> Entries { get; init; }

    /// <summary>Gets the directory that relative paths in the values start from; <see langword="null"/> for the current one.</summary>
    public string? Directory { get; init; }

    /// <summary>Gets whether <c>${VAR}</c> is resolved in the values.</summary>
    public bool HasVariables { get; init; }

    /// <summary>Gets whether these are the variables with the prefix; the short forms come right below them.</summary>
    public bool IsEnvironment { get; init; }
}
