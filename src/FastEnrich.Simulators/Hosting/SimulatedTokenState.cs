namespace FastEnrich.Simulators;

/// <summary>What the token of a request is worth.</summary>
internal enum SimulatedTokenState
{
    Missing,
    Unknown,
    Expired,
    Valid,
}
