#pragma warning disable IL2075 // the walk over models is the test's own reflection
using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class IncrementalityTests
{
    private const string Plugin =
        """
        [EnrichmentPlugin("a"), JsonPayload(typeof(Payload)), Provides("email")]
        sealed class P(O options) : Base
        {
            O Options => options;
        }

        sealed partial record O
        {
            [ConfigProperty(Sensitive = true, Minimum = -1.5, Maximum = 5)]
            public int[] Steps { get; init; } = [];

            [ConfigProperty]
            public Dictionary<string, DayOfWeek> Days { get; init; } = [];
        }
        """;

    private const string Payload = "public sealed record Payload(int Number = -3, double Share = -1.5) { public string? Text { get; init; } public List<Payload>? Children { get; init; } }";

    private const string Other = "[EnrichmentPlugin(\"b\")] sealed class Q : Base; static class Unrelated { static int M() => 1; }";

    private static readonly string[] s_modelSteps =
    [
        TrackingNames.Parsed, TrackingNames.Files, TrackingNames.Catalog, TrackingNames.Environment, TrackingNames.References,
    ];

    public static TheoryData<int, string, string> HarmlessEdits => new()
    {
        { 3, "=> 1", "=> 2" },
        { 3, "static class Unrelated", "// a comment\nstatic class Unrelated" },
        { 1, "O Options => options;", "O Options { get { return options; } }" },
        { 1, "[EnrichmentPlugin", "\n\n[EnrichmentPlugin" },
        { 2, "public sealed record", "/* payload */ public sealed record" },
    };

    [Theory]
    [MemberData(nameof(HarmlessEdits))]
    public void Run_EditThatChangesNoModel_RegeneratesNothing(int file, string before, string after)
    {
        var result = RunAgain(file, before, after);

        Assert.All(s_modelSteps, step => Assert.All(Reasons(result, step), r => Assert.True(r is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {r}")));
        Assert.Equal(4, Outputs(result).Count()); // two plugins, both lists
        Assert.All(Outputs(result), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Fact]
    public void Run_PayloadEditedInAnotherFile_RewritesItsPluginOnly()
    {
        var result = RunAgain(2, "Text", "Renamed");

        AssertRewritesOneFile(result);
        Assert.Contains("\"Renamed\"", string.Concat(result.GeneratedSources.Select(s => s.SourceText)), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OptionEdited_RewritesItsPluginOnly() => AssertRewritesOneFile(RunAgain(1, "Maximum = 5", "Maximum = 6"));

    /// <summary>Roslyn's Combine loses items behind a step that gave something for one of several before, and gives nothing now.</summary>
    [Fact]
    public void Run_OnePluginBrokenAndThenAnotherEdited_KeepsTheOthers()
    {
        var compilation = Compilations.Create(
            """[EnrichmentPlugin("a")] class P : Base;""", """[EnrichmentPlugin("b")] class Q : Base;""", """[EnrichmentPlugin("c")] class R : Base;""");
        var broken = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Compilations.Parse("""[EnrichmentPlugin("A")] class P : Base;""", "File1.cs"));
        var edited = broken.ReplaceSyntaxTree(broken.SyntaxTrees[2], Compilations.Parse("""[EnrichmentPlugin("b")] public class Q : Base;""", "File2.cs"));

        var result = Compilations.Driver().RunGenerators(compilation).RunGenerators(broken).RunGenerators(edited).GetRunResult().Results[0];

        Assert.Equal(Sources(Compilations.Run(edited).Result), Sources(result));
    }

    [Fact]
    public void Run_TwiceFromScratch_GivesEqualModels()
    {
        var first = Compilations.Run(Create()).Result;
        var second = Compilations.Run(Create()).Result;

        Assert.All(s_modelSteps, step => Assert.Equal(Values(first, step), Values(second, step)));
    }

    [Fact]
    public void Run_Models_HoldNothingOfTheCompilation()
    {
        var result = Compilations.Run(Create()).Result;

        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Assert.All(s_modelSteps.SelectMany(step => Values(result, step)), value => Walk(value, seen));
        Assert.True(seen.Count > 30, "the walk must reach the models' parts");
    }

    [Fact]
    public void Run_OtherCulture_ChangesNoByte()
    {
        var expected = Sources(Compilations.Run(Create()).Result);
        var before = CultureInfo.CurrentCulture;
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone(); // made by hand: the host knows no cultures
        hostile.NumberFormat.NegativeSign = "\u2212";
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = hostile;
        try
        {
            Assert.Equal(expected, Sources(Compilations.Run(Create()).Result));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Run_OtherOrderOfFiles_ChangesNoByte() =>
        Assert.Equal(Sources(Compilations.Run(Create()).Result), Sources(Compilations.Run(Compilations.Create(Other, Payload, Plugin)).Result));

    private static CSharpCompilation Create() => Compilations.Create(Plugin, Payload, Other);

    private static GeneratorRunResult RunAgain(int file, string before, string after)
    {
        var compilation = Create();
        var driver = Compilations.Driver().RunGenerators(compilation);
        var tree = compilation.SyntaxTrees[file];
        Assert.Contains(before, tree.ToString(), StringComparison.Ordinal);
        var edited = compilation.ReplaceSyntaxTree(tree, Compilations.Parse(tree.ToString().Replace(before, after, StringComparison.Ordinal), tree.FilePath));
        return driver.RunGenerators(edited).GetRunResult().Results[0];
    }

    private static void AssertRewritesOneFile(GeneratorRunResult result)
    {
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, TrackingNames.Files));
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Outputs(result).Order());
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) => result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    private static IEnumerable<object> Values(GeneratorRunResult result, string step) => result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Value);

    /// <summary>The outputs that write sources; those that report diagnostics run again, with new locations.</summary>
    private static IEnumerable<IncrementalStepRunReason> Outputs(GeneratorRunResult result) => result.TrackedOutputSteps
        .SelectMany(s => s.Value)
        .Where(s => !s.Inputs.Any(i => Names(i.Source).Contains(TrackingNames.Parse) && !Names(i.Source).Contains(TrackingNames.Parsed)))
        .SelectMany(s => s.Outputs)
        .Select(o => o.Reason);

    private static HashSet<string> Names(IncrementalGeneratorRunStep step)
    {
        var names = new HashSet<string>(step.Inputs.SelectMany(i => Names(i.Source)));
        if (step.Name is not null)
        {
            names.Add(step.Name);
        }

        return names;
    }

    private static string[] Sources(GeneratorRunResult result) => [.. result.GeneratedSources.Select(s => s.HintName + "\n" + s.SourceText).Order(StringComparer.Ordinal)];

    private static void Walk(object? node, HashSet<object> seen)
    {
        if (node is null or string or Enum || node.GetType().IsPrimitive || !seen.Add(node))
        {
            return;
        }

        Assert.False(node is ISymbol or Compilation or SyntaxNode or SyntaxTree or Location or Diagnostic or SyntaxReference, $"a model holds a {node.GetType()}");
        if (node is IEnumerable items)
        {
            foreach (var item in items)
            {
                Walk(item, seen);
            }
        }

        foreach (var field in node.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(field.GetValue(node), seen);
        }
    }
}
