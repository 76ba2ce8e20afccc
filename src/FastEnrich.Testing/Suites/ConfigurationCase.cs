namespace FastEnrich.Testing;

/// <summary>A change of the tester's configuration, and whether the plugin must take it. Immutable.</summary>
public sealed record ConfigurationCase
{
    /// <summary>Gets the case's name, unique in its test.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the keys that get another value; one whose value is <see langword="null"/> is left out.</summary>
    public required IReadOnlyDictionary<string, string?> Changes { get; init; }

    /// <summary>Gets what the refusal must name, as the key; <see langword="null"/> when the configuration must be taken.</summary>
    public string? RefusedBecauseOf { get; init; }
}
