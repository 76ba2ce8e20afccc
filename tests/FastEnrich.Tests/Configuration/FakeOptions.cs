namespace FastEnrich.Tests.Configuration;

internal sealed class FakeOptions
{
    public string? ApiUrl { get; set; }

    public string? ApiKey { get; set; }

    public int Timeout { get; set; } = 30;

    public string? Mode { get; set; }

    public IReadOnlyList<string> Tags { get; set; } = [];
}
