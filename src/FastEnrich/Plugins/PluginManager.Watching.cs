using FastEnrich.Configuration;
using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>The files behind the configuration: read again when they change.</content>
public sealed partial class PluginManager
{
    private static readonly TimeSpan s_watchInterval = TimeSpan.FromSeconds(5);

    private volatile IReadOnlyCollection<string> _files = [];

    /// <summary>
    /// Watches the files that the options were read from, secrets included, and reloads when their content changes: the file system tells of it at once where it
    /// can, and every few seconds the content is looked at, which notices replaced files and swapped links too. A refused configuration is one log line, and
    /// everything stays as it was; plugins that could not connect with it are tried again.
    /// </summary>
    /// <param name="interval">How often the content is looked at, 100 ms to a day; the default is 5 seconds.</param>
    /// <returns>What ends the watching when it is disposed; dispose it before the engine.</returns>
    /// <exception cref="InvalidOperationException">The engine was made from options, not from what reads them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The interval is out of range.</exception>
    public IAsyncDisposable WatchConfiguration(TimeSpan? interval = null)
    {
        var every = interval ?? s_watchInterval;
        ArgumentOutOfRangeException.ThrowIfLessThan(every, TimeSpan.FromMilliseconds(100), nameof(interval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(every, TimeSpan.FromDays(1), nameof(interval));
        return Watch(every, hints: true);
    }

    internal FileWatch Watch(TimeSpan interval, bool hints) => _read is null
        ? throw new InvalidOperationException("The engine was made from options alone; make it with Create(Func<FastEnrichOptions>).")
        : new FileWatch(() => _files, TryReloadAsync, interval, _options.TimeProvider, hints);

    /// <summary>Reloads, and logs instead of throwing.</summary>
    /// <returns>Whether all of it holds now or never will; <see langword="false"/> when another attempt may bring more.</returns>
    internal async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ReloadAsync(cancellationToken).ConfigureAwait(false)).Failed.Count == 0;
        }
        catch (FastEnrichConfigurationException exception)
        {
            Log.ConfigurationRefused(_logger, string.Join("; ", exception.Errors));
        }
        catch (PluginException exception)
        {
            Log.ConfigurationRefused(_logger, $"{exception.Plugin}: {exception.Message}"); // our own words: nothing was connected yet
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (_disposed == 0 && !cancellationToken.IsCancellationRequested)
            {
                Log.ConfigurationRefused(_logger, exception.GetType().Name);
            }
        }

        return true;
    }
}
