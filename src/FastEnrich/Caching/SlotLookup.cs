namespace FastEnrich.Caching;

/// <summary>What a request knows when it looks at a slot.</summary>
/// <param name="Now">UTC ticks.</param>
/// <param name="Generation">The plugin's generation.</param>
/// <param name="Fingerprint">What the user is looked up by; <see langword="null"/> while a plugin that provides it has not settled.</param>
/// <param name="StaleWhileRevalidate">Ticks.</param>
/// <param name="StaleIfError">Ticks.</param>
/// <param name="Mode">Where the value may come from.</param>
/// <param name="MaxAge">Ticks; -1 for any age.</param>
/// <param name="Coherence">What vouches for held values; <see langword="null"/> where everything is vouched for.</param>
/// <param name="EagerRefresh">The share of its time after which a fresh value is refreshed behind; 0 or 1 for never.</param>
internal readonly record struct SlotLookup(
    long Now,
    int Generation,
    Fingerprint? Fingerprint,
    long StaleWhileRevalidate,
    long StaleIfError,
    EnrichMode Mode = EnrichMode.Default,
    long MaxAge = -1,
    Coherence? Coherence = null,
    double EagerRefresh = 0)
{
    /// <summary>Whether an answer is served without a look into the second tier.</summary>
    public bool Vouches(SlotValue answer) => Coherence is null || Now < Coherence.ServesUntil(answer.Confirmed);

    /// <summary>Whether an answer may stand in where neither the second tier nor the upstream answers.</summary>
    public bool MayStandIn(SlotValue answer) => Coherence is null || Now < Coherence.StandsInUntil(answer.Confirmed);
}
