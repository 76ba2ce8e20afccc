namespace FastEnrich.Generators.Tests.Driver;

public sealed class RedactionTests
{
    private const string OwnToString = """public override string ToString() { var text = new System.Text.StringBuilder(); PrintMembers(text); return text.ToString(); }""";

    [Theory]
    [InlineData("partial", "", true)]
    [InlineData("partial", OwnToString, true)] // else it would print what the compiler's own PrintMembers prints: the secret
    [InlineData("partial", "private bool PrintMembers(System.Text.StringBuilder text) => false;", false)]
    [InlineData("", OwnToString, false)]
    public void Run_RecordWithASecret_WritesItsPrintingUnlessTheAuthorDid(string modifier, string member, bool written)
    {
        var source = $$"""[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } sealed {{modifier}} record O { [ConfigProperty(Sensitive = true)] public string? Key { get; init; } {{member}} }""";

        var run = Compilations.Run(Compilations.Create(source));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.Equal(written, run.Result.GeneratedSources.Any(static file => file.SourceText.ToString().Contains("bool PrintMembers(", StringComparison.Ordinal)));
    }
}
