using FastEnrich.Generators.CodeFixes;
using FastEnrich.Generators.Tests.Driver;
using Microsoft.CodeAnalysis.CodeFixes;

namespace FastEnrich.Generators.Tests.CodeFixes;

public sealed class CodeFixTests
{
    public static TheoryData<FixCase> Fixed => [.. FixCases.All.Where(c => c.After is not null)];

    public static TheoryData<FixCase> Unfixed => [.. FixCases.All.Where(c => c.After is null)];

    [Theory]
    [MemberData(nameof(Fixed))]
    public async Task Apply_Mistake_CorrectsItAndNothingElse(FixCase mistake)
    {
        using var project = new FixedProject(mistake.Before);
        var diagnostic = Assert.Single(await project.DiagnosticsAsync());
        Assert.Contains(diagnostic.Id, mistake.Provider.FixableDiagnosticIds);

        await project.ApplyAsync((await project.OffersAsync(mistake.Provider, diagnostic)).Single(a => a.EquivalenceKey == mistake.Key));

        Assert.Equal(mistake.After, Assert.Single(await project.TextsAsync()));
        Assert.Empty(await project.DiagnosticsAsync());
        Assert.Empty(await project.ErrorsAsync());
    }

    [Theory]
    [MemberData(nameof(Unfixed))]
    public async Task Register_MistakeWithoutSureCorrection_OffersNone(FixCase mistake)
    {
        using var project = new FixedProject(mistake.Before);
        var diagnostics = (await project.DiagnosticsAsync()).Where(d => mistake.Provider.FixableDiagnosticIds.Contains(d.Id)).ToArray();

        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, d => Assert.Empty(project.OffersAsync(mistake.Provider, d).GetAwaiter().GetResult()));
    }

    [Fact]
    public async Task ApplyToAll_RecordsWithSecretsInOneType_MakesThatTypePartialOnce()
    {
        using var project = new FixedProject(
            """
            [EnrichmentPlugin("a")] class P(Out.A o) : Base { Out.A X => o; }
            [EnrichmentPlugin("b")] class Q(Out.B o) : Base { Out.B X => o; }
            class Out
            {
                public record A { [ConfigProperty(Sensitive = true)] public string? S { get; init; } }
                public record B { [ConfigProperty(Sensitive = true)] public string? S { get; init; } }
            }
            """);

        await project.ApplyToAllAsync(new PartialCodeFix(), "partial", await project.DiagnosticsAsync());

        Assert.Equal(3, Assert.Single(await project.TextsAsync()).Split("partial ").Length - 1);
        Assert.Empty(await project.DiagnosticsAsync());
        Assert.Empty(await project.ErrorsAsync());
    }

    [Theory]
    [InlineData("initialiser", "public required int A { get; init; }", "public required int B { get; init; }")]
    [InlineData("optional", "public int A { get; init; } = 1;", "public int B { get; init; } = 2;")]
    public async Task ApplyToAll_TwoWaysToCorrect_TakesTheChosenOne(string key, string first, string second)
    {
        using var project = new FixedProject(
            """
            [EnrichmentPlugin("a")] class P(O o) : Base { O X => o; }
            class O
            {
                [ConfigProperty] public required int A { get; init; } = 1;
                [ConfigProperty] public required int B { get; init; } = 2;
            }
            """);

        await project.ApplyToAllAsync(new RequiredOrDefaultCodeFix(), key, await project.DiagnosticsAsync());

        Assert.Equal([first, second], Assert.Single(await project.TextsAsync()).Split('\n').Where(l => l.Contains("[ConfigProperty]", StringComparison.Ordinal)).Select(l => l.Trim()["[ConfigProperty] ".Length..]));
        Assert.Empty(await project.DiagnosticsAsync());
    }

    /// <summary>Two mistakes of each kind in one file, close to each other.</summary>
    public static TheoryData<FixCase> Twice =>
    [
        new FixCase(new PluginNameCodeFix(), "kebab-case",
            """[EnrichmentPlugin("A A")] class P : Base; [EnrichmentPlugin("B B")] class Q : Base;""",
            """[EnrichmentPlugin("a-a")] class P : Base; [EnrichmentPlugin("b-b")] class Q : Base;"""),
        new FixCase(new VersionCodeFix(), "complete",
            """[EnrichmentPlugin("a", Version = "1", MaxEngineVersion = "v2")] class P : Base;""",
            """[EnrichmentPlugin("a", Version = "1.0.0", MaxEngineVersion = "2.0.0")] class P : Base;"""),
        new FixCase(new ReadOnlyCodeFix(), "readonly",
            """[EnrichmentPlugin("a")] class P : Base { static int A; static int B { get; set; } }""",
            """[EnrichmentPlugin("a")] class P : Base { static readonly int A; static int B { get; } }"""),
        Options(new RequiredCodeFix(), "required", "public string A { get; init; }", "public string B { get; init; } = null!;",
            "public required string A { get; init; }", "public required string B { get; init; }"),
        Options(new InitCodeFix(), "init", "public int A { get; }", "public int B { get; }", "public int A { get; init; }", "public int B { get; init; }"),
        Payloads(new IncludeCodeFix(), "[JsonInclude] private int A, B;", "[JsonInclude] int C;", "[JsonInclude] internal int A, B;", "[JsonInclude] internal int C;"),
        Payloads(new EnumConverterCodeFix(),
            "[JsonInclude, JsonConverter(typeof(JsonStringEnumConverter))] public DayOfWeek A, B;",
            "[JsonConverter(typeof(JsonStringEnumConverter))] public ConsoleKey? C { get; set; }",
            "[JsonInclude, JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek A, B;",
            "[JsonConverter(typeof(JsonStringEnumConverter<ConsoleKey>))] public ConsoleKey? C { get; set; }"),
    ];

    [Theory]
    [MemberData(nameof(Twice))]
    public async Task ApplyToAll_MistakeTwice_CorrectsBoth(FixCase mistakes)
    {
        using var project = new FixedProject(mistakes.Before);

        await project.ApplyToAllAsync(mistakes.Provider, mistakes.Key, await project.DiagnosticsAsync());

        Assert.Equal(mistakes.After, Assert.Single(await project.TextsAsync()));
        Assert.Empty(await project.DiagnosticsAsync());
        Assert.Empty(await project.ErrorsAsync());
    }

    private static FixCase Options(CodeFixProvider provider, string key, string first, string second, string firstAfter, string secondAfter)
    {
        const string Plugin = """[EnrichmentPlugin("a")] class P(O o) : Base { O X => o; }""";
        return new(
            provider,
            key,
            $"{Plugin} class O {{ [ConfigProperty] {first} [ConfigProperty] {second} }}",
            $"{Plugin} class O {{ [ConfigProperty] {firstAfter} [ConfigProperty] {secondAfter} }}");
    }

    private static FixCase Payloads(CodeFixProvider provider, string first, string second, string firstAfter, string secondAfter)
    {
        const string Plugin = """[EnrichmentPlugin("a"), JsonPayload(typeof(X))] class P : Base;""";
        return new(provider, provider is IncludeCodeFix ? "internal" : "generic", $"{Plugin} class X {{ {first} {second} }}", $"{Plugin} class X {{ {firstAfter} {secondAfter} }}");
    }

    [Fact]
    public async Task Apply_DirectiveInTheInitialiser_OffersNotToRemoveIt()
    {
        using var project = new FixedProject(
            "[EnrichmentPlugin(\"a\")] class P(O o) : Base { O X => o; }\nclass O { [ConfigProperty] public required int A { get; init; } =\n#if DEBUG\n1;\n#else\n2;\n#endif\n}");

        var offers = await project.OffersAsync(new RequiredOrDefaultCodeFix(), Assert.Single(await project.DiagnosticsAsync()));

        Assert.Equal("optional", Assert.Single(offers).EquivalenceKey);
    }

    [Fact]
    public async Task Apply_FieldWrittenInAnotherFile_OffersNone()
    {
        using var project = new FixedProject("""[EnrichmentPlugin("a")] class P : Base { internal static int Count; }""", "static class Other { static void M() => P.Count = 1; }");

        Assert.Empty(await project.OffersAsync(new ReadOnlyCodeFix(), Assert.Single(await project.DiagnosticsAsync())));
    }
}
