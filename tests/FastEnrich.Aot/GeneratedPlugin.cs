using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Simulators;

namespace FastEnrich.Aot;

internal static class GeneratedPlugin
{
    public static async Task EnrichesOverHttp()
    {
        await using var simulator = await HubSpotSimulator.StartAsync(new HubSpotSimulatorOptions { Population = new SimulatedPopulation(7, 50) });
        var file = Write($"""
            plugins:
              hubspot:
                config:
                  api_url: "{simulator.BaseUrl}"
                  api_key: "{simulator.Token}"
            """);
        var options = new FastEnrichOptions().AddAllPlugins();
        options.LoadFile(file);
        await using var manager = PluginManager.Create(options);
        await manager.StartAsync();

        var found = 0;
        foreach (var id in simulator.Population.UserIds)
        {
            found += (await manager.EnrichAsync(id)).SuccessCount;
        }

        Check.That(found >= 40, $"most of 50 users are known, and {found} were found");
    }

    public static Task ReportsAllMistakes()
    {
        var file = Write("""
            plugins:
              hubspot:
                config:
                  api_url: "ftp://example.com"
                  timeout: 9999
                  api_key: "${SURELY_NOT_SET}"
              still:
                config:
                  hangs: perhaps
                  language: klingon
                  colour: planted-value
            """);

        var errors = FastEnrichConfiguration.Validate(file, new FastEnrichOptions().AddAllPlugins().Catalog.Values);

        // Pattern, range, unset variable, type, enum, unknown key.
        Check.Equal("4,5,6,9,10,11", string.Join(',', errors.Select(static error => error.Location!.Split(':')[^2])));
        Check.That(!errors.Any(static error => error.ToString().Contains("planted-value", StringComparison.Ordinal)), "the value of an unknown key is not shown");
        return Task.CompletedTask;
    }

    public static Task RedactsSecrets()
    {
        var text = new HubSpotOptions { ApiKey = "planted-secret" }.ToString();

        Check.That(!text.Contains("planted-secret", StringComparison.Ordinal), text);
        return Task.CompletedTask;
    }

    private static string Write(string yaml)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fastenrich-{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, yaml);
        return file;
    }
}
