using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Serves the environment variables with the prefix <c>FASTENRICH__</c> and remembers their names.</summary>
internal sealed class FastEnrichEnvironmentProvider(IReadOnlyDictionary<string, string>? variables) : ConfigurationProvider
{
    public IReadOnlyList<ConfigEntry> Entries { get; private set; } = [];

    public override void Load()
    {
        Entries = ConfigEnvironment.Entries(variables ?? ConfigEnvironment.Read());
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in Entries)
        {
            data[entry.Path] = entry.Value;
        }

        Data = data;
    }
}
