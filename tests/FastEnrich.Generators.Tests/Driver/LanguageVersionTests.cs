using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Generators.Tests.Driver;

public sealed class LanguageVersionTests
{
    private const string Plugin = """[EnrichmentPlugin("a")] class P : Base;""";

    [Theory]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    public void Run_AllSamples_CompileWithoutWarning(LanguageVersion version)
    {
        var usings = "global using System.IO; global using System.Linq; global using System.Net.Http;";
        var root = Path.Combine(DiagnosticTests.Root(), "tests/FastEnrich.Generators.Tests");
        var samples = WithoutOtherGenerators([.. new[] { "Samples", "Parity" }.SelectMany(f => Directory.GetFiles(Path.Combine(root, f), "*.cs")).Where(f => !File.ReadAllText(f).Contains("[Fact]", StringComparison.Ordinal))]);

        var run = Compilations.Run(Compilations.Create([usings, SnapshotTests.Plugin, .. samples]).InLanguage(version));

        Assert.All(new[] { "SamplePlugin", "ParityPlugin", "ParityDifferentPlugin", "CamelCase" }, plugin =>
            Assert.Contains(run.Result.GeneratedSources, s => s.HintName.StartsWith(plugin + "_", StringComparison.Ordinal)));
        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain(run.Complaints, static c => c.Id != "CS0649"); // fields that the left-out files set
    }

    [Fact]
    public void Run_EveryCorrectedMistake_CompilesAsCSharp13() =>
        Assert.All(DiagnosticCases.All, c => Assert.Empty(Compilations.Run(Compilations.Create(c.Good).InLanguage(LanguageVersion.CSharp13)).Complaints));

    [Fact]
    public void Run_PluginInOlderLanguage_IsReportedInsteadOfGenerated()
    {
        var run = Compilations.Run(Compilations.Create(Plugin).InLanguage(LanguageVersion.CSharp12));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("FE9001", Location.None), (diagnostic.Id, diagnostic.Location));
        Assert.Contains("C# 12.0", diagnostic.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName.EndsWith(".g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ExecutableWithoutPluginsInOlderLanguage_IsGenerated()
    {
        var program = "class Program { static void Main() { } }";

        var run = Compilations.Run(Compilations.Named("App", OutputKind.ConsoleApplication, [], program).InLanguage(LanguageVersion.CSharp12));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.Complaints);
        Assert.Contains(run.Result.GeneratedSources, s => s.HintName == "AllPlugins.g.cs");
    }

    /// <summary>Leaves out what System.Text.Json's generator completes, and every file that names one of those types.</summary>
    private static string[] WithoutOtherGenerators(List<string> files)
    {
        var missing = files.Where(static f => File.ReadAllText(f).Contains(": JsonSerializerContext", StringComparison.Ordinal)).ToHashSet();
        while (files.Find(f => !missing.Contains(f) && missing.Any(m => Regex.IsMatch(File.ReadAllText(f), $@"\b{Path.GetFileNameWithoutExtension(m)}\b"))) is { } next)
        {
            missing.Add(next);
        }

        return [.. files.Except(missing).Select(File.ReadAllText)];
    }
}
