namespace FastEnrich.Generators.Tests.Samples;

public sealed record SampleItem
{
    public required int Number { get; init; }

    public string Text { get; init; } = "text";
}
