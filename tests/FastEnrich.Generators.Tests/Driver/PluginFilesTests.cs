namespace FastEnrich.Generators.Tests.Driver;

public sealed class PluginFilesTests
{
    private const string Options = "sealed partial record O { [ConfigProperty(Sensitive = true)] public string? Key { get; init; } }";

    private const string First = "[EnrichmentPlugin(\"z\")] class First(O o) : Base { O X => o; }";

    private const string Second = "[EnrichmentPlugin(\"a\")] class Second(O o) : Base { O X => o; }";

    [Theory]
    [InlineData(First, Second)]
    [InlineData(Second, First)]
    public void Run_PluginsShareOptions_TheFirstByTypeHoldsBinderAndPrinting(string one, string other)
    {
        var run = Compilations.Run(Compilations.Create(one, other, Options));

        Assert.Empty(run.Complaints);
        Assert.All(["internal static object Bind(", "bool PrintMembers("], member =>
        {
            Assert.Contains(member, run.Source("First_"), StringComparison.Ordinal);
            Assert.DoesNotContain(member, run.Source("Second_"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Run_HolderOfSharedOptionsRemoved_TheOtherPluginHoldsThem()
    {
        var compilation = Compilations.Create(First, Second, Options);
        var driver = Compilations.Driver().RunGenerators(compilation);

        var result = driver.RunGenerators(compilation.RemoveSyntaxTrees(compilation.SyntaxTrees[1])).GetRunResult().Results[0];

        Assert.Null(result.Exception);
        var second = Assert.Single(result.GeneratedSources, static s => s.HintName.StartsWith("Second_", StringComparison.Ordinal)).SourceText.ToString();
        Assert.Contains("internal static object Bind(", second, StringComparison.Ordinal);
        Assert.Contains("bool PrintMembers(", second, StringComparison.Ordinal);
    }
}
