namespace FastEnrich.Generators.Tests.Samples;

public sealed partial record SampleRetry
{
    [ConfigProperty(Minimum = 0, Maximum = 10)]
    public int Attempts { get; init; } = 3;

    [ConfigProperty(Sensitive = true)]
    public string? Proxy { get; init; }
}
