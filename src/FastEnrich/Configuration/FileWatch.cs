using System.Security.Cryptography;
using FastEnrich.Resilience;

namespace FastEnrich.Configuration;

/// <summary>
/// Notices that files have other content: by looking at it every few seconds, which sees replaced files, swapped links and mounts alike, and at once where
/// the file system tells of a change. A change counts when two looks in a row agree, so that nothing half-written is taken.
/// </summary>
internal sealed class FileWatch : IAsyncDisposable
{
    private const int MaxBytes = (1024 * 1024) + 1; // no file that is read is larger; of a larger one the beginning tells enough
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_maxRetry = TimeSpan.FromMinutes(5);

    private readonly Func<IReadOnlyCollection<string>> _files;
    private readonly Func<CancellationToken, Task<bool>> _changed;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _hint = new(0);
    private readonly Dictionary<string, FolderHints> _hints = new(StringComparer.Ordinal); // by folder
    private readonly bool _wantsHints;
    private readonly Task _loop;
    private Dictionary<string, string> _known;

    /// <summary>Begins to watch.</summary>
    /// <param name="files">Which files; asked again after each change.</param>
    /// <param name="changed">Takes a change over; <see langword="false"/> to be called again after a while, though nothing changes.</param>
    /// <param name="interval">How often the files are looked at.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hints">Whether the file system is asked to tell of changes.</param>
    public FileWatch(Func<IReadOnlyCollection<string>> files, Func<CancellationToken, Task<bool>> changed, TimeSpan interval, TimeProvider time, bool hints = true)
    {
        (_files, _changed, _interval, _time, _wantsHints) = (files, changed, interval, time, hints);
        _known = Look();
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        foreach (var hints in _hints.Values)
        {
            hints.Dispose();
        }
    }

    /// <summary>Whether the file system would tell of a change in every folder.</summary>
    internal bool IsHinted => _hints.Count > 0 && _hints.Values.All(static hints => hints.IsListening);

    /// <summary>After a change that was not taken over as a whole.</summary>
    private BackOff BackOff => new(_interval * 2, s_maxRetry > _interval * 2 ? s_maxRetry : _interval * 2);

    private async Task RunAsync()
    {
        var failures = 0;
        while (await PauseAsync(failures > 0 ? BackOff.After(failures - 1) : _interval).ConfigureAwait(false))
        {
            var seen = Look();
            if (Same(seen, _known) && failures == 0)
            {
                continue;
            }

            for (var before = _known; !Same(seen, before); seen = Look())
            {
                before = seen;
                await Task.Delay(s_settle, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _known = seen;
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            failures = await TellAsync().ConfigureAwait(false) ? 0 : failures + 1;
            foreach (var (file, digest) in Look().Where(pair => !seen.ContainsKey(pair.Key)))
            {
                _known[file] = digest; // newly named by the configuration, and read with it
            }
        }
    }

    /// <summary>Who listens may throw, such as a host's callback for changed configuration; the next change is told all the same.</summary>
    private async Task<bool> TellAsync()
    {
        try
        {
            return await _changed(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return true; // that is not mended by telling it again
        }
    }

    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(Task.Delay(pause, _time, wait.Token), _hint.WaitAsync(wait.Token)).ConfigureAwait(false);
        await wait.CancelAsync().ConfigureAwait(false);
        return !_stopping.IsCancellationRequested;
    }

    private Dictionary<string, string> Look()
    {
        var files = _files().Distinct(StringComparer.Ordinal).ToArray();
        if (_wantsHints)
        {
            Listen(files); // before the look: what changes after it is told
        }

        return files.ToDictionary(static file => file, Digest, StringComparer.Ordinal);
    }

    private static bool Same(Dictionary<string, string> left, Dictionary<string, string> right) =>
        left.Count == right.Count && left.All(pair => right.TryGetValue(pair.Key, out var digest) && digest == pair.Value);

    private static string Digest(string file)
    {
        try
        {
            if (SecretFile.LengthOf(file) == 0)
            {
                return "empty"; // pipes are not opened
            }

            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[Math.Min(MaxBytes, stream.Length + 1)];
            return Convert.ToHexString(SHA256.HashData(buffer.AsSpan(0, stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false))));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException) // one file that cannot be looked at does not end the looking at others
        {
            return exception is FileNotFoundException or DirectoryNotFoundException ? "missing" : "unreadable";
        }
    }

    /// <summary>The configuration may name files in other folders by now.</summary>
    private void Listen(string[] files)
    {
        foreach (var folder in files.Select(FolderOf).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (!_hints.TryGetValue(folder, out var hints))
            {
                _hints[folder] = hints = new FolderHints(folder, below: false, _ => Hint());
            }

            hints.Listen();
        }
    }

    /// <summary>Null when the configuration names what is no file, such as the root.</summary>
    private static string? FolderOf(string file) => file.Contains('\0', StringComparison.Ordinal) ? null : Path.GetDirectoryName(Path.GetFullPath(file));

    private void Hint()
    {
        if (_hint.CurrentCount == 0)
        {
            _hint.Release();
        }
    }
}
