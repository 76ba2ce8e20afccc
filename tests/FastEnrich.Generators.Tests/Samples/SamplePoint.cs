namespace FastEnrich.Generators.Tests.Samples;

public struct SamplePoint
{
    public int X { get; set; }

    public int Y { get; init; }
}
