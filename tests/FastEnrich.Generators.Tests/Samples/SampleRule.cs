namespace FastEnrich.Generators.Tests.Samples;

public sealed class SampleRule
{
    [ConfigProperty(Name = "when")]
    public required string Condition { get; init; }

    [ConfigProperty]
    public int Weight { get; set; } = 1;
}
