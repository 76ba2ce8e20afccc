using System.Collections.Immutable;
using FastEnrich.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class AnalyzerTests
{
    private const string Main = """class Program { static void Main() { } }""";

    [Theory]
    [InlineData("private static int [|s_calls|];")]
    [InlineData("internal static string? [|Token|] { get; set; }")]
    [InlineData("[ThreadStatic] private static object? [|t_buffer|];")]
    public async Task Analyze_StateThatIsStatic_IsReportedAtItsName(string member)
    {
        var source = $$"""[EnrichmentPlugin("a")] class P : Base { {{member}} }""";
        var start = source.IndexOf("[|", StringComparison.Ordinal);
        var end = source.IndexOf("|]", StringComparison.Ordinal) - 2;

        var found = await AnalyzeAsync(new StaticStateAnalyzer(), Compilations.Create(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)));

        var diagnostic = Assert.Single(found);
        Assert.Equal(("FE1008", DiagnosticSeverity.Warning, start, end), (diagnostic.Id, diagnostic.Severity, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End));
    }

    [Theory]
    [InlineData("""[EnrichmentPlugin("a")] class P : Base { const int A = 1; static readonly int s_b = 2; static int C => 3; static int D { get; } = 4; int _e; }""")]
    [InlineData("""class NoPlugin { static int s_a; }""")]
    public async Task Analyze_NoStaticState_IsNotReported(string source) => Assert.Empty(await AnalyzeAsync(new StaticStateAnalyzer(), Compilations.Create(source)));

    [Fact]
    public async Task Analyze_PluginsThatNobodyListed_AreReported()
    {
        var library = Plain("Forgotten", """namespace Deep.Down { class Outer { [EnrichmentPlugin("a")] internal class P : Base; } }""");

        var diagnostic = Assert.Single(await AnalyzeAsync(new CatalogAnalyzer(), Compilations.Named("App", OutputKind.ConsoleApplication, [library], Main)));

        Assert.Equal(("FE4006", true), (diagnostic.Id, diagnostic.GetMessage(null).Contains("'Forgotten'", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Analyze_ListedPluginsAndNone_AreNotReported()
    {
        var listed = Compilations.Library("Listed", """[EnrichmentPlugin("a")] internal class P : Base;""");
        var none = Plain("None", "class Plain : Base;");

        Assert.Empty(await AnalyzeAsync(new CatalogAnalyzer(), Compilations.Named("App", OutputKind.ConsoleApplication, [listed, none], Main)));
    }

    [Fact]
    public async Task Analyze_LibraryOverForgottenPlugins_LeavesItToTheExecutable()
    {
        var library = Plain("Forgotten", """[EnrichmentPlugin("a")] internal class P : Base;""");

        Assert.Empty(await AnalyzeAsync(new CatalogAnalyzer(), Compilations.Named("Middle", OutputKind.DynamicallyLinkedLibrary, [library], "class Plain;")));
    }

    /// <summary>A library that was compiled without the generator.</summary>
    private static MetadataReference Plain(string assembly, string source)
    {
        using var image = new MemoryStream();
        Assert.True(Compilations.Named(assembly, OutputKind.DynamicallyLinkedLibrary, [], source).Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(DiagnosticAnalyzer analyzer, Compilation compilation) =>
        compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
}
