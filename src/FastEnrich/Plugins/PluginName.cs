namespace FastEnrich.Plugins;

/// <summary>What a plugin may be called, wherever the name comes from: code, configuration, a manifest or a file of ours.</summary>
internal static class PluginName
{
    public const int MaxLength = 64;

    /// <summary>Whether it is kebab-case of 1 to 64 characters.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= MaxLength } && name[0] != '-' && name[^1] != '-'
        && name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');
}
