using FastEnrich.Generators.CodeFixes;
using FastEnrich.Generators.Tests.Driver;

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

    [Fact]
    public async Task Apply_FieldWrittenInAnotherFile_OffersNone()
    {
        using var project = new FixedProject("""[EnrichmentPlugin("a")] class P : Base { internal static int Count; }""", "static class Other { static void M() => P.Count = 1; }");

        Assert.Empty(await project.OffersAsync(new ReadOnlyCodeFix(), Assert.Single(await project.DiagnosticsAsync())));
    }
}
