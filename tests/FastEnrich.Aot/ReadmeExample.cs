using FastEnrich;

namespace FastEnrich.Aot;

/// <summary>The README's first example, compiled and run; a test holds the two to the same text.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync()
    {
        await File.WriteAllTextAsync("fastenrich.yaml", "plugins: { still: { config: { city: Porto } } }");

        var options = new FastEnrichOptions().AddAllPlugins();   // generated: every plugin of this program
        options.LoadFile("fastenrich.yaml");                     // checked: all mistakes at once, with file and line
        await using var enricher = PluginManager.Create(options);
        await enricher.StartAsync();

        var profile = await enricher.EnrichAsync("user-1", new EnrichOptions { Deadline = TimeSpan.FromMilliseconds(50) });
        Console.WriteLine($"{profile.Merged.Demographics?.City}: {profile.SuccessCount} of {profile.Status.Count} systems answered");
    }
}
