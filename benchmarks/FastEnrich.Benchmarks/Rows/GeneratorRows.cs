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
    private const int WarmUp = 4_000; // an editor's compiler is compiled ahead of time; here it runs slow code until the JIT compiler has seen enough of it

    public static void Run(Report report, bool quick)
    {
        var program = new PluginProgram(Plugins);
        RequireComplete(program);
        Edit(report, program, quick ? 300 : 1_500);
        Cold(report, program, quick ? 31 : 121);
    }

    /// <summary>
    /// An edit that no plugin depends on. Each driver gets a compilation of its own in turn, so that none binds for another;
    /// the parsed files are the same for all.
    /// </summary>
    private static void Edit(Report report, PluginProgram program, int rounds)
    {
        var written = Driver(new PluginGenerator()).RunGenerators(program.Compilation).GetRunResult().Results[0].GeneratedSources;
        GeneratorDriver[] drivers =
        [
            .. new[] { Driver(new PluginGenerator()), Driver(new EmptyGenerator()), Driver(new CopyingGenerator(written)) }
                .Select(driver => driver.RunGenerators(program.Compilation)),
        ];
        var took = drivers.Select(_ => new double[rounds]).ToArray();
        for (var round = -WarmUp; round < rounds; round++)
        {
            for (var step = 0; step < drivers.Length; step++)
            {
                var i = (step + round + WarmUp) % drivers.Length;
                var milliseconds = Time(ref drivers[i], program.Edited(round));
                if (round >= 0)
                {
                    took[i][round] = milliseconds;
                }
            }
        }

        Add("an empty one", took[1]);
        Add($"one that only hands over the same {written.Length} files", took[2]);

        void Add(string peer, double[] theirs)
        {
            var above = Statistics.Median(took[0].Zip(theirs, (ours, other) => ours - other));
            var detail = string.Create(
                CultureInfo.InvariantCulture,
                $"{above:0.00} ms above; {Statistics.Median(took[0]):0.00} ms; {Statistics.Median(theirs):0.00} ms; "
                + $"median of {rounds} edits after {WarmUp}");
            report.Add(new Row($"generator, {Plugins} plugins: an unrelated edit, above {peer}", Math.Round(above, 2), 1, AtLeast: false, " ms", detail));
        }
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

    private static GeneratorDriver Driver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: PluginProgram.ParseOptions);
}
