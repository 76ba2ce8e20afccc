namespace FastEnrich.Caching;

/// <summary>What a request knows when it looks at a slot.</summary>
/// <param name="Now">UTC ticks.</param>
/// <param name="Generation">The plugin's generation.</param>
/// <param name="Fingerprint">What the user is looked up by; <see langword="null"/> while a plugin that provides it has not settled.</param>
/// <param name="StaleWhileRevalidate">Ticks.</param>
/// <param name="StaleIfError">Ticks.</param>
/// <param name="Mode">Where the value may come from.</param>
/// <param name="MaxAge">Ticks; -1 for any age.</param>
internal readonly record struct SlotLookup(
    long Now,
    int Generation,
    Fingerprint? Fingerprint,
    long StaleWhileRevalidate,
    long StaleIfError,
    EnrichMode Mode = EnrichMode.Default,
    long MaxAge = -1);
