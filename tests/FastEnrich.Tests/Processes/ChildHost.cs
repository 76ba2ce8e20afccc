using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

/// <summary>A host of its own process, for the test that kills it: starts a child, tells its id, and waits for as long as the test lives.</summary>
internal static class ChildHost
{
    public static int Run()
    {
        var child = new ProcessLauncher(static (_, _) => { }).Launch("crm", TestChild.Options("normal"));
        var session = new ChildSession("crm", TestChild.Options("normal"), child, TimeProvider.System);
        session.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
        Console.Out.WriteLine(child.Id);
        Console.Out.Flush();
        Console.In.ReadToEnd();
        return 0;
    }
}
