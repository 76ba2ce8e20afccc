namespace FastEnrich.Generators.Tests.Samples;

public sealed record SamplePositional(string Name, int Age = 5, SampleSize Size = SampleSize.Large)
{
    public string Extra { get; init; } = "extra";

    public required string Needed { get; init; }
}
