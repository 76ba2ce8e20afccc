using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Serves a file's keys, flattened, and remembers where each one stands.</summary>
internal sealed class FastEnrichFileProvider(Func<ConfigDocument> read) : ConfigurationProvider
{
    public ConfigDocument Document { get; private set; } = ConfigDocument.Empty;

    public override void Load()
    {
        var document = read();
        if (document.Errors.Count > 0)
        {
            throw new FastEnrichConfigurationException([.. document.Errors.Select(located => located.Error)]);
        }

        Document = document;
        Data = document.Entries
            .Where(entry => !entry.IsContainer)
            .ToDictionary(entry => entry.Path, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
    }
}
