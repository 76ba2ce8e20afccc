namespace FastEnrich.Registry;

/// <summary>Which plugins to find, all conditions at once, and in which order.</summary>
public sealed record PluginQuery
{
    /// <summary>The largest <see cref="Limit"/>.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Gets a part of the name, ignoring case.</summary>
    /// <value><see langword="null"/>, the default, for any.</value>
    public string? Text { get; init; }

    /// <summary>Gets tags that a plugin must all have, ignoring case.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Gets capabilities that a plugin must all have, ignoring case.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Gets the author, whole, ignoring case.</summary>
    /// <value><see langword="null"/>, the default, for any.</value>
    public string? Author { get; init; }

    /// <summary>Gets the smallest average rating.</summary>
    /// <value>From 1 to 5; <see langword="null"/>, the default, for any, plugins without a rating included.</value>
    public double? MinRating { get; init; }

    /// <summary>Gets the state.</summary>
    /// <value><see langword="null"/>, the default, for any.</value>
    public RegistryState? State { get; init; }

    /// <summary>Gets what to sort by.</summary>
    /// <value>The default is the name.</value>
    public PluginSort Sort { get; init; }

    /// <summary>Gets whether the largest come first. Plugins that are equal stay in the order of their names.</summary>
    public bool Descending { get; init; }

    /// <summary>Gets how many plugins to return at most.</summary>
    /// <value>From 1 to 1,000. The default is 50.</value>
    public int Limit { get; init; } = 50;

    /// <summary>Gets how many plugins to leave out at the beginning.</summary>
    /// <value>Zero or more. The default is 0.</value>
    public int Offset { get; init; }
}
