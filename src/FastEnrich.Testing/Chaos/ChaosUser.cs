namespace FastEnrich.Testing;

/// <summary>What the tier in memory holds of one user.</summary>
internal sealed class ChaosUser(string eraseToken)
{
    public string EraseToken { get; } = eraseToken;

    public Dictionary<string, ChaosRecord> Slots { get; } = new(StringComparer.Ordinal);
}
