using BenchmarkDotNet.Running;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Rows;

// "rows quick|full [warm|cold] [--save FOLDER]" measures the claims beside their peers; anything else goes to BenchmarkDotNet.
if (args is not ["rows", "quick" or "full", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Report).Assembly).Run(args);
    return;
}

var quick = args[1] == "quick";
var report = new Report(args[1]);
if (!args.Contains("cold"))
{
    await WarmRows.RunAsync(report, quick);
}

if (!args.Contains("warm"))
{
    await ColdRows.RunAsync(report, quick);
}

report.Summarize();
if (Array.IndexOf(args, "--save") is var save and > 0)
{
    Console.WriteLine($"saved {report.Save(args[save + 1], TimeProvider.System.GetUtcNow())}");
}
