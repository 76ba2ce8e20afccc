namespace FastEnrich;

/// <summary>One setting as it holds, safe to show.</summary>
/// <param name="Path">The key's path with colons, such as <c>engine:cache_ttl</c>.</param>
/// <param name="Value">The value; <c>***</c> for a secret, <see langword="null"/> for none.</param>
/// <param name="Origin">Where it is from: <c>default</c>, <c>file:line:column</c> or the environment variable.</param>
public sealed record EffectiveSetting(string Path, string? Value, string Origin);
