namespace FastEnrich;

/// <summary>An identity that a plugin looks users up by.</summary>
/// <param name="Name">The identity's name.</param>
/// <param name="Optional">Whether the plugin also runs without it.</param>
public sealed record IdentityNeed(string Name, bool Optional);
