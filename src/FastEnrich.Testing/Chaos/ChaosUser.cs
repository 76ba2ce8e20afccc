using FastEnrich.Caching;

namespace FastEnrich.Testing;

/// <summary>What the tier in memory holds of one user.</summary>
internal sealed class ChaosUser(EraseToken eraseToken)
{
    public EraseToken EraseToken { get; } = eraseToken;

    public Dictionary<string, ChaosRecord> Slots { get; } = new(StringComparer.Ordinal);
}
