namespace FastEnrich.Generators.Tests.Driver;

public sealed class GeneratedCodeTests
{
    [Theory]
    [InlineData("System.Reflection")]
    [InlineData("Activator")]
    [InlineData("Enum.Parse")]
    [InlineData("dynamic ")]
    [InlineData("Expression")]
    [InlineData("GeneratedRegex")]
    [InlineData("LoggerMessage")]
    [InlineData("JsonSerializable")]
    [InlineData("#pragma warning disable IL")]
    [InlineData("UnconditionalSuppressMessage")]
    [InlineData("\r")]
    public void Run_AnyPlugin_WritesNothingForbidden(string forbidden)
    {
        var sources = Compilations.Run(Compilations.Create(SnapshotTests.Plugin)).Result.GeneratedSources.Where(s => !s.HintName.StartsWith("Microsoft.", StringComparison.Ordinal));

        Assert.All(sources, s => Assert.DoesNotContain(forbidden, s.SourceText.ToString(), StringComparison.Ordinal));
    }
}
