using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class LargeProgramTests
{
    private const int Plugins = 200;

    [Fact]
    public void Run_TwoHundredPlugins_WritesThemAllAndCompiles()
    {
        var run = Compilations.Run(Create("Large", Plugins));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.All(Enumerable.Range(0, Plugins), i => Assert.Contains($"\"plugin-{i}\"", run.Source("PluginCatalog"), StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OnePluginOfManyEdited_RewritesItsFileAndTheListAlone() =>
        Assert.Equal(["Plugin7", "PluginCatalog"], Rewritten("\"plugin-7\"", "\"other-7\""));

    [Fact]
    public void Run_OneOptionsTypeOfManyEditedInItsFile_RewritesItsPluginAlone() =>
        Assert.Equal(["Plugin7"], Rewritten("Limit7 { get; init; } = 7", "Limit7 { get; init; } = 8"));

    [Fact]
    public void Run_OnePayloadOfManyEditedInItsFile_RewritesItsPluginAlone() =>
        Assert.Equal(["Plugin7"], Rewritten("string? Name7", "string? Called7"));

    [Fact]
    public void Run_BodyOfOnePluginEdited_RewritesNothing() => Assert.Empty(Rewritten("=> 700", "=> 701"));

    [Fact]
    public void Run_ReferencedPluginsChanged_RewritesTheListOfAllAlone()
    {
        var one = Compilations.Library("Library", "[EnrichmentPlugin(\"one\")] class One : Base;");
        var two = Compilations.Library("Library", "[EnrichmentPlugin(\"two\")] class Two : Base; [EnrichmentPlugin(\"plugin-3\")] class Three : Base;");
        var compilation = Create("Referring", 5).AddReferences(one);
        var driver = Compilations.Driver().RunGenerators(compilation);

        var result = driver.RunGenerators(compilation.ReplaceReference(one, two)).GetRunResult().Results[0];

        Assert.Contains(IncrementalStepRunReason.Modified, result.TrackedSteps[TrackingNames.References].SelectMany(s => s.Outputs).Select(o => o.Reason));
        Assert.All(result.TrackedSteps[TrackingNames.Parsed].SelectMany(s => s.Outputs), o => Assert.True(o.Reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached));
        Assert.Equal("FE4001", Assert.Single(result.Diagnostics).Id);
        Assert.Empty(driver.RunGenerators(compilation.RemoveReferences(one)).GetRunResult().Results[0].TrackedSteps[TrackingNames.References].SelectMany(s => s.Outputs).Select(o => o.Value).Cast<IEnumerable<object>>().SelectMany(r => r));
    }

    [Fact]
    public void Run_ManyEdits_KeepNoCompilation()
    {
        var driver = RunEdits(out var gone);

        for (var i = 0; i < 20 && gone.Any(c => c.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.All(gone, c => Assert.False(c.IsAlive, "the generator holds a compilation"));
        GC.KeepAlive(driver);
    }

    /// <summary>
    /// Edits a body in a program over a project, so that what was read of the first compilation stands for all. The driver itself holds the last one, which is not counted.
    /// A frame of its own, so that no local of the test holds what must go.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GeneratorDriver RunEdits(out List<WeakReference> gone)
    {
        var library = Compilations.Named("Kept", OutputKind.DynamicallyLinkedLibrary, [], "[EnrichmentPlugin(\"kept\")] public class Q : Base;");
        var compilation = Create("Keeping", 5).AddReferences(Compilations.Run(library).Output.ToMetadataReference())
            .AddSyntaxTrees(Compilations.Parse("static class Edited { static int Body() => 0; }", "Edited.cs"));
        var driver = Compilations.Driver().RunGenerators(compilation);
        var first = Value(driver, TrackingNames.Program);
        gone = [];
        for (var i = 1; i < 4; i++)
        {
            gone.Add(new WeakReference(Value(driver, "Compilation"))); // as the generator sees it, with what it gives all programs
            compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[^1], Compilations.Parse($"static class Edited {{ static int Body() => {i}; }}", "Edited.cs"));
            driver = driver.RunGenerators(compilation);
        }

        Assert.Empty(driver.GetRunResult().Diagnostics);
        Assert.Same(first, Value(driver, TrackingNames.Program));
        return driver;

        static object Value(GeneratorDriver driver, string step) => driver.GetRunResult().Results[0].TrackedSteps[step].Single().Outputs.Single().Value;
    }

    /// <summary>The generated files, by what they belong to, that are other ones after an edit.</summary>
    private static string[] Rewritten(string before, string after, [CallerMemberName] string test = "")
    {
        var compilation = Create(test, 20);
        var driver = Compilations.Driver().RunGenerators(compilation);
        var old = Assert.Single(compilation.SyntaxTrees, t => t.ToString().Contains(before, StringComparison.Ordinal));
        var edited = compilation.ReplaceSyntaxTree(old, Compilations.Parse(old.ToString().Replace(before, after, StringComparison.Ordinal), old.FilePath));

        var result = driver.RunGenerators(edited).GetRunResult().Results[0];

        var unchanged = driver.GetRunResult().Results[0].GeneratedSources.Select(s => s.SourceText).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. result.GeneratedSources.Where(s => !unchanged.Contains(s.SourceText)).Select(s => s.HintName.Split('.', '_')[0]).Order(StringComparer.Ordinal)];
    }

    private static CSharpCompilation Create(string assembly, int plugins) => Compilations.Named(
        assembly, OutputKind.DynamicallyLinkedLibrary, [], [.. Enumerable.Range(0, plugins).SelectMany(Plugin)]);

    private static IEnumerable<string> Plugin(int i)
    {
        yield return
            $$"""
            [EnrichmentPlugin("plugin-{{i}}"), JsonPayload(typeof(Payload{{i}})), Needs("email"), Provides("id_{{i}}")]
            sealed class Plugin{{i}}(Options{{i}} options) : Base { object O => options; int Body() => {{i}}00; }
            """;
        yield return $$"""sealed partial record Options{{i}} { [ConfigProperty(Minimum = 0)] public int Limit{{i}} { get; init; } = {{i}}; [ConfigProperty(Sensitive = true)] public required string Key { get; init; } }""";
        yield return $$"""public sealed record Payload{{i}} { public string? Name{{i}} { get; init; } public List<Payload{{i}}>? Children { get; init; } }""";
    }
}
