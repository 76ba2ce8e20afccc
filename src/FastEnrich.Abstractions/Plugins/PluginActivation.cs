namespace FastEnrich;

/// <summary>What a plugin's factory makes an instance from.</summary>
/// <param name="Context">The plugin's surroundings.</param>
/// <param name="Options">The bound options; <see langword="null"/> for a plugin without options.</param>
/// <param name="Services">The host's services; an empty provider without dependency injection.</param>
public sealed record PluginActivation(PluginContext Context, object? Options, IServiceProvider Services);
