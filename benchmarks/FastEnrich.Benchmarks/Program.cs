using BenchmarkDotNet.Running;
using FastEnrich.Benchmarks.Harness;
using FastEnrich.Benchmarks.Redis;
using FastEnrich.Benchmarks.RedisLoad;
using FastEnrich.Benchmarks.Rows;

// "redis-load USERS [outage|forget|bulk]" shows what a Redis that dies, a second process and a million profiles do (eng/redis-load.sh).
if (args is ["redis-load", .. var load])
{
    await LoadRuns.RunAsync(load);
    return;
}

// "rows quick|full [warm|cold|json|redis|deadline|generator|startup] [--native SIDECAR BARE] [--save FOLDER]"
// measures the claims beside their peers; anything else goes to BenchmarkDotNet.
if (args is not ["rows", "quick" or "full", ..])
{
    BenchmarkSwitcher.FromAssembly(typeof(Report).Assembly).Run(args);
    return;
}

var quick = args[1] == "quick";
string[] groups = ["warm", "cold", "json", "redis", "deadline", "generator", "startup"];
var only = groups.FirstOrDefault(args.Contains);
var report = new Report(args[1], only);
if (only is null or "warm")
{
    await WarmRows.RunAsync(report, quick);
}

if (only is null or "cold")
{
    await ColdRows.RunAsync(report, quick);
}

if (only is null or "json")
{
    JsonRows.Run(report, quick);
}

if (only is null or "redis")
{
    await RedisRows.RunAsync(report, quick);
    await EngineRedisRows.RunAsync(report, quick);
}

if (only is null or "deadline")
{
    await DeadlineRows.RunAsync(report, quick);
}

if (only is null or "generator")
{
    GeneratorRows.Run(report, quick);
}

if (only is null or "startup" && Array.IndexOf(args, "--native") is var native and > 0)
{
    StartupRows.Run(report, args[native + 1], args[native + 2], quick ? 11 : 31);
}

report.Summarize();
if (Array.IndexOf(args, "--save") is var save and > 0)
{
    Console.WriteLine($"saved {report.Save(args[save + 1], TimeProvider.System.GetUtcNow())}");
}
