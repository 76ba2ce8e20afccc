using Microsoft.Extensions.Configuration;

namespace FastEnrich.Configuration;

/// <summary>Serves a file's keys, flattened, and remembers where each one stands.</summary>
internal sealed class FastEnrichFileProvider(Func<ConfigDocument> read, string? watched = null, TimeProvider? time = null) : ConfigurationProvider, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private FileWatch? _watch;

    public ConfigDocument Document { get; private set; } = ConfigDocument.Empty;

    public override void Load()
    {
        var document = read();
        if (document.Errors.Count > 0)
        {
            throw new FastEnrichConfigurationException([.. document.Errors.Select(located => located.Error)]);
        }

        Take(document);
        if (watched is not null)
        {
            _watch ??= new FileWatch(() => [watched], _ => Task.FromResult(Reread()), s_interval, time ?? TimeProvider.System, hints: time is null);
        }
    }

    public void Dispose() => _ = _watch?.DisposeAsync().AsTask();

    /// <summary>A file that has mistakes now keeps its earlier values for whoever reads these; who binds it is told of the mistakes.</summary>
    private bool Reread()
    {
        var document = read();
        if (document.Errors.Count > 0)
        {
            Document = document;
        }
        else
        {
            Take(document);
        }

        OnReload();
        return true;
    }

    private void Take(ConfigDocument document)
    {
        Document = document;
        Data = document.Entries
            .Where(entry => !entry.IsContainer)
            .ToDictionary(entry => entry.Path, entry => entry.Value, StringComparer.OrdinalIgnoreCase);
    }
}
