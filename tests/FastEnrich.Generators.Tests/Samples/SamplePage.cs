namespace FastEnrich.Generators.Tests.Samples;

public sealed class SamplePage<T>
{
    public List<T> Results { get; set; } = [];

    public string? After { get; set; }
}
