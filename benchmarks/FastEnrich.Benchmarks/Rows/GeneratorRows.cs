using System.Diagnostics;
using System.Globalization;
using FastEnrich.Benchmarks.Generator;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastEnrich.Benchmarks.Rows;

/// <summary>What the generator costs an editor at each key, and a build once, beside a generator that does nothing.</summary>
internal static class GeneratorRows
{
    private const int Plugins = 200;

    public static void Run(Report report, bool quick)
    {
        var program = new PluginProgram(Plugins);
        RequireComplete(program);
        Edit(report, program, quick ? 60 : 300);
        Cold(report, program, quick ? 15 : 61);
    }

    /// <summary>An edit that no plugin depends on: both drivers see the same compilations, in turns.</summary>
    private static void Edit(Report report, PluginProgram program, int rounds)
    {
        var ours = Driver(new PluginGenerator()).RunGenerators(program.Compilation);
        var empty = Driver(new EmptyGenerator()).RunGenerators(program.Compilation);
        var above = new List<double>();
        var values = new List<(double Ours, double Empty)>();
        for (var round = -rounds / 2; round < rounds; round++) // the first third warms up
        {
            // Each driver gets a compilation of its own, so that neither binds for the other; the parsed file is the same for all.
            var oursTook = Time(ref ours, program.Edited(round));
            var emptyTook = Time(ref empty, program.Edited(round));
            if (round >= 0)
            {
                above.Add(oursTook - emptyTook);
                values.Add((oursTook, emptyTook));
            }
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(values.Select(v => v.Ours)):0.00} ms; {Statistics.Median(values.Select(v => v.Empty)):0.00} ms; median of {rounds} edits");
        report.Add(new Row($"generator, {Plugins} plugins: an unrelated edit, above an empty one", Math.Round(Statistics.Median(above), 2), 1, AtLeast: false, " ms", detail));
    }

    /// <summary>A build: nothing is cached and nothing is bound.</summary>
    private static void Cold(Report report, PluginProgram program, int rounds)
    {
        var took = new List<double>();
        for (var round = -rounds / 2; round < rounds; round++)
        {
            var driver = Driver(new PluginGenerator());
            var milliseconds = Time(ref driver, program.Unbound());
            if (round >= 0)
            {
                took.Add(milliseconds);
            }
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"fastest {took.Min():0.0} ms; median of {rounds} runs");
        report.Add(new Row($"generator, {Plugins} plugins: a run from nothing", Statistics.Median(took), 150, AtLeast: false, " ms", detail));
    }

    private static double Time(ref GeneratorDriver driver, CSharpCompilation compilation)
    {
        var start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void RequireComplete(PluginProgram program)
    {
        Driver(new PluginGenerator()).RunGeneratorsAndUpdateCompilation(program.Compilation, out var output, out var diagnostics);
        var first = diagnostics.Concat(output.GetDiagnostics()).FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        if (first is not null)
        {
            throw new InvalidOperationException($"the run would measure mistakes: {first}");
        }
    }

    private static GeneratorDriver Driver(IIncrementalGenerator generator) => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: PluginProgram.ParseOptions);
}
