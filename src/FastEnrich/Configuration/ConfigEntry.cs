namespace FastEnrich.Configuration;

/// <summary>One key of a source of configuration and where it stands. Not a record: a value may be a secret and must not be printed.</summary>
internal sealed class ConfigEntry(string path, string? value)
{
    /// <summary>Gets the key's path with colons.</summary>
    public string Path { get; } = path;

    /// <summary>Gets the value; <see langword="null"/> for a mapping, a list and YAML's null.</summary>
    public string? Value { get; } = value;

    /// <summary>Gets whether the entry only marks the place of a mapping or list that has entries of its own.</summary>
    public bool IsContainer { get; init; }

    /// <summary>Gets whether the value was refused, and that reported.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Gets where the key stands, as shown in errors; <see langword="null"/> when unknown.</summary>
    public string? Location { get; init; }

    /// <summary>Gets the line, from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Gets the column, from 1; 0 when unknown.</summary>
    public int Column { get; init; }
}
