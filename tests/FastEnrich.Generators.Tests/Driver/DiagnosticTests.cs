using FastEnrich.Generators.Diagnostics;
using FastEnrich.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class DiagnosticTests
{
    public static TheoryData<DiagnosticCase> Cases => [.. DiagnosticCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_Mistake_ReportsItAtItsPlace(DiagnosticCase mistake)
    {
        var start = mistake.Bad.IndexOf("[|", StringComparison.Ordinal);
        var end = mistake.Bad.IndexOf("|]", StringComparison.Ordinal) - 2;

        var run = Compilations.Run(Compilations.Create(Unmarked(mistake.Bad)));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal((mistake.Id, start, end), (diagnostic.Id, diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.End));
        Assert.DoesNotContain(run.Output.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error); // one mistake, one complaint: what is generated still compiles
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_MistakeCorrected_ReportsNothing(DiagnosticCase mistake)
    {
        var run = Compilations.Run(Compilations.Create(mistake.Good));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
    }

    [Fact]
    public void Run_PragmaAroundMistake_IsSuppressed()
    {
        var source =
            """
            #pragma warning disable FE1002
            [EnrichmentPlugin("Bad")] class P : Base;
            #pragma warning restore FE1002
            [EnrichmentPlugin("Worse")] class Q : Base;
            """;

        var run = Compilations.Run(Compilations.Create(source));

        Assert.Equal([(true, 2), (false, 4)], run.Diagnostics.Select(d => (d.IsSuppressed, d.Location.GetLineSpan().StartLinePosition.Line + 1)).Order().Reverse());
    }

    [Fact]
    public void Run_SeverityConfigured_IsHonoured()
    {
        var compilation = Compilations.Create("""
            [EnrichmentPlugin("a")] class P(O o) : Base { O X => o; }
            class O { [ConfigProperty] public string A { get; set; } = null!; [ConfigProperty(Pattern = "(?=a)")] public string? B { get; set; } }
            """);
        var configured = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
            [new("FE2011", ReportDiagnostic.Error), new("FE2005", ReportDiagnostic.Suppress)]));

        Assert.Equal([("FE2005", DiagnosticSeverity.Warning), ("FE2011", DiagnosticSeverity.Warning)], Said(compilation));
        Assert.Equal([("FE2011", DiagnosticSeverity.Error)], Said(configured));

        static IEnumerable<(string, DiagnosticSeverity)> Said(Compilation compilation) => Compilations.Run(compilation).Diagnostics.Select(d => (d.Id, d.Severity)).Order();
    }

    [Fact]
    public void Run_SensitiveDefaultBreaksItsLimits_HidesTheDefault()
    {
        var source = """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty(Sensitive = true, Pattern = "^x")] public string A { get; init; } = "hunter2"; }""";

        var diagnostic = Assert.Single(Compilations.Run(Compilations.Create(source)).Diagnostics);

        Assert.DoesNotContain("hunter2", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TwoPluginsShareBadOptions_ReportsOnce()
    {
        var source = """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } [EnrichmentPlugin("b")] class Q(O o) : Base { O X => o; } class O { [ConfigProperty] public object? A { get; init; } }""";

        Assert.Equal("FE2001", Assert.Single(Compilations.Run(Compilations.Create(source)).Diagnostics).Id);
    }

    [Fact]
    public void Run_OneBadPlugin_StillWritesTheOthers()
    {
        var run = Compilations.Run(Compilations.Create("""[EnrichmentPlugin("a")] class P; [EnrichmentPlugin("b")] class Q : Base;"""));

        Assert.Equal("FE1001", Assert.Single(run.Diagnostics).Id);
        Assert.Contains("typeof(global::Q)", run.Source("Q_"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"a\"", run.Source("PluginCatalog"), StringComparison.Ordinal);
    }

    /// <summary>A defect is made by a compilation that the class is not of.</summary>
    [Fact]
    public void Parse_GeneratorFails_SaysOfWhichClassAndWithWhat()
    {
        var compilation = Compilations.Create("""[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; } class O { [ConfigProperty] public int A { get; set; } = 1; }""");
        var declaration = compilation.SyntaxTrees[1].GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<TypeDeclarationSyntax>().First();
        var type = compilation.GetTypeByMetadataName("P")!;
        var attribute = type.GetAttributes().Single();

        var failed = PluginParser.Parse(declaration, type, attribute, Compilations.Create(), default);
        var parsed = PluginParser.Parse(declaration, type, attribute, compilation, default);

        var diagnostic = Assert.Single(failed.Diagnostics);
        Assert.Equal(("FE9999", declaration.Identifier.Span), (diagnostic.Id, diagnostic.Location.SourceSpan));
        Assert.StartsWith("The generator failed on 'P' with ArgumentException: ", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.Null(failed.Model.Plugin);
        Assert.Empty(parsed.Diagnostics);
    }

    [Fact]
    public void Run_ClassMarkedTwice_IsOnePluginForTheCompilerToRefuse()
    {
        var run = Compilations.Run(Compilations.Create(
            """[EnrichmentPlugin("a"), JsonPayload(typeof(int))] partial class P : Base;""",
            """[EnrichmentPlugin("b")] partial class P; [EnrichmentPlugin("c")] class Q : Base;"""));

        Assert.Null(run.Result.Exception);
        Assert.Equal(["CS0579"], run.Complaints.Select(c => c.Id));
        Assert.Equal((1, 0, 1), (Times("\"a\""), Times("\"b\""), Times("\"c\"")));

        int Times(string name) => run.Source("PluginCatalog").Split(name).Length - 1;
    }

    [Fact]
    public void Run_SecretInAProgramOfTopLevelStatements_IsNotPrinted()
    {
        var source =
            """
            Console.WriteLine();
            [EnrichmentPlugin("a")] class P(Program.O o) : Base { object X => o; }
            partial class Program { internal partial record O { [ConfigProperty(Sensitive = true)] public string? Key { get; init; } } }
            """;

        var run = Compilations.Run(Compilations.Named("Sample", OutputKind.ConsoleApplication, [], source));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.Contains("***", string.Concat(run.Result.GeneratedSources.Select(s => s.SourceText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PayloadWithContextOfItsOwn_WritesNone()
    {
        var source =
            """
            [EnrichmentPlugin("a"), JsonPayload(Context = typeof(Own)), JsonPayload(typeof(Action), Context = typeof(Own))] class P : Base;
            [JsonSerializable(typeof(Action))] abstract class Own(JsonSerializerOptions? options) : JsonSerializerContext(options);
            """;

        var run = Compilations.Run(Compilations.Create(source));

        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName.Contains("Json", StringComparison.Ordinal));
    }

    [Fact]
    public void Descriptors_All_HaveCasePageAndRelease()
    {
        var root = Root();
        var released = File.ReadAllText(Path.Combine(root, "generators/FastEnrich.Generators/AnalyzerReleases.Unshipped.md"));
        var tested = DiagnosticCases.All.Select(c => c.Id).Concat(["FE1008", "FE4001", "FE4002", "FE4004", "FE4006", "FE9001", "FE9002", "FE9999"]).ToHashSet(); // these have tests of their own

        Assert.All(Descriptors(), d =>
        {
            Assert.Contains(d.Id, tested);
            Assert.Contains($"{d.Id} | FastEnrich | {d.DefaultSeverity} |", released, StringComparison.Ordinal);
            Assert.Contains($"# {d.Id}: {d.Title}", File.ReadAllText(Path.Combine(root, $"docs/diagnostics/{d.Id}.md")), StringComparison.Ordinal);
        });
    }

    private static IEnumerable<DiagnosticDescriptor> Descriptors() =>
        typeof(Descriptors).GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>();

    private static string Unmarked(string source) => source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);

    internal static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FastEnrich.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
