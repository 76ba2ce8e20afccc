using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Takes a configuration apart into its sources, so that precedence and places are known.</summary>
internal static class ConfigLayers
{
    /// <summary>Takes a configuration apart; a file in it that has changed into one with mistakes tells them.</summary>
    public static List<ConfigLayer> From(IConfiguration configuration, IReadOnlyDictionary<string, string> variables, out IReadOnlyList<LocatedError> errors, out bool isBroken)
    {
        var layers = new List<ConfigLayer>();
        var documents = new List<ConfigDocument>();
        Add(configuration, layers, documents);
        errors = [.. documents.SelectMany(static document => document.Errors)];
        isBroken = documents.Exists(static document => document.IsBroken);
        if (!layers.Exists(layer => layer.IsEnvironment))
        {
            layers.Add(Environment(ConfigEnvironment.Entries(variables)));
        }

        return layers;
    }

    public static List<ConfigLayer> From(ConfigDocument document, IReadOnlyDictionary<string, string> variables) =>
        [File(document), Environment(ConfigEnvironment.Entries(variables))];

    private static void Add(IConfiguration configuration, List<ConfigLayer> layers, List<ConfigDocument> documents)
    {
        if (configuration is not IConfigurationRoot root)
        {
            // A section does not tell its sources; it was named for us, so all of it is ours.
            var pairs = configuration.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0).OrderBy(pair => pair.Key, StringComparer.Ordinal);
            layers.Add(new ConfigLayer { Entries = [.. pairs.Select(pair => new ConfigEntry(pair.Key, pair.Value))] });
            return;
        }

        foreach (var provider in root.Providers)
        {
            switch (provider)
            {
                case FastEnrichFileProvider file:
                    layers.Add(File(file.Document));
                    documents.Add(file.Document);
                    break;
                case FastEnrichEnvironmentProvider environment:
                    layers.Add(Environment(environment.Entries));
                    break;
                case ChainedConfigurationProvider { Configuration: IConfigurationRoot chained }:
                    Add(chained, layers, documents);
                    break;
                default:
                    layers.Add(new ConfigLayer { Entries = [.. Host(provider)] });
                    break;
            }
        }
    }

    /// <summary>Reads our two sections of a host's source; what else it holds is the host's.</summary>
    private static IEnumerable<ConfigEntry> Host(IConfigurationProvider provider) =>
        provider.GetChildKeys([], null)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(key => ConfigKey.Same(key, "engine") || ConfigKey.Same(key, "plugins"))
            .SelectMany(key => Below(provider, key));

    private static IEnumerable<ConfigEntry> Below(IConfigurationProvider provider, string path)
    {
        foreach (var key in provider.GetChildKeys([], path).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var child = $"{path}:{key}";
            if (provider.TryGet(child, out var value))
            {
                yield return new ConfigEntry(child, value);
            }

            foreach (var entry in Below(provider, child))
            {
                yield return entry;
            }
        }
    }

    private static ConfigLayer File(ConfigDocument document) =>
        new() { Entries = document.Entries, Directory = Path.GetDirectoryName(Path.GetFullPath(document.Name)), HasVariables = true };

    private static ConfigLayer Environment(IReadOnlyList<ConfigEntry> entries) => new() { Entries = entries, IsEnvironment = true };
}
