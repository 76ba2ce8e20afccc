using FastEnrich.Aot;

// A test executable without a test framework: it is published natively, where frameworks that find tests by reflection cannot run.
(string Name, Func<Task> Run)[] tests =
[
    ("A warm read allocates nothing", WarmRead.AllocatesNothing),
    ("A generated plugin configured by YAML enriches over HTTP", GeneratedPlugin.EnrichesOverHttp),
    ("A generated binder reports all mistakes at once, with their lines", GeneratedPlugin.ReportsAllMistakes),
    ("A generated options record redacts its secret", GeneratedPlugin.RedactsSecrets),
    ("A profile survives the wire", Wire.RoundTrips),
    ("Generated JSON reads and writes as System.Text.Json does", GeneratedJson.HasParity),
    ("Generated JSON differs from System.Text.Json's where it says so", GeneratedJson.DiffersAsListed),
    ("A deadline is kept although the upstream hangs", Deadline.IsKept),
    ("The README's example runs", ReadmeExample.RunAsync),
    ("The README's host runs", ReadmeHost.RunAsync),
];

var failed = 0;
foreach (var (name, run) in tests)
{
    try
    {
        await run().WaitAsync(TimeSpan.FromMinutes(1));
        Console.WriteLine($"passed  {name}");
    }
    catch (Exception exception)
    {
        failed++;
        Console.WriteLine($"FAILED  {name}: {exception}");
    }
}

Console.WriteLine($"{tests.Length - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
