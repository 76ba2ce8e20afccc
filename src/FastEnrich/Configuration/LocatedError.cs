namespace FastEnrich.Configuration;

/// <summary>A mistake and what it is sorted by.</summary>
internal readonly record struct LocatedError(ConfigError Error, int Layer, int Line, int Column);
