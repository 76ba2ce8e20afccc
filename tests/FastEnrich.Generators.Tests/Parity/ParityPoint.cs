namespace FastEnrich.Generators.Tests.Parity;

/// <summary>A small struct.</summary>
public struct ParityPoint
{
    public int X { get; set; }

    public string? Y { get; init; }
}
