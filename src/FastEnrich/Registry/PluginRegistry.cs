using FastEnrich.Processes;
using FastEnrich.Registry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich;

/// <summary>
/// Knows which plugins exist: those compiled in and those that a folder describes, with their states, how often they were used and what people think of them.
/// It runs none of them. Thread-safe. An engine's is <see cref="PluginManager.Registry"/>; one made alone is started, fed and disposed by whoever made it.
/// </summary>
public sealed partial class PluginRegistry : IAsyncDisposable
{
    internal const string FileName = ".registry.json";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RegistryRecord> _records = new(StringComparer.Ordinal);
    private readonly PluginRegistryOptions _options;
    private readonly IPluginObserver? _observer;
    private readonly ILogger _logger;
    private readonly string? _folder;
    private readonly string? _path;
    private readonly RegistryFile? _file;
    private IReadOnlyDictionary<string, PluginDescriptor>? _catalog;
    private int _started;
    private bool _disposed;

    /// <summary>Makes a registry. Nothing is read before <see cref="Start"/>.</summary>
    /// <param name="options">What it is made from; not to be changed afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval is out of range.</exception>
    public PluginRegistry(PluginRegistryOptions? options = null)
        : this(options ?? new PluginRegistryOptions(), observer: null)
    {
    }

    internal PluginRegistry(PluginRegistryOptions options, IPluginObserver? observer)
    {
        options.ThrowIfInvalid();
        _options = options;
        _observer = observer;
        _logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("FastEnrich.Registry");
        _folder = options.Directory is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
        _path = options.File is { Length: > 0 } file ? Path.GetFullPath(file) : _folder is null ? null : Path.Combine(_folder, FileName);
        _file = _path is null ? null : new RegistryFile(_path, options.TimeProvider);
    }

    /// <summary>Reads the file and the folder once, then goes on watching both. A second call does nothing. Neither can make it fail.</summary>
    public void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            Load();
            Rescan();
            BeginWatching();
        }
    }

    /// <summary>Makes a plugin known that is compiled in.</summary>
    /// <param name="descriptor">The plugin's descriptor; one of the same name is replaced.</param>
    public void Register(PluginDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        lock (_lock)
        {
            Describe(descriptor);
        }
    }

    /// <summary>Returns what is known of one plugin.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <returns>The entry; <see langword="null"/> when no plugin of that name is known.</returns>
    public PluginRegistryEntry? Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            Refresh();
            return Find(name)?.ToEntry();
        }
    }

    /// <summary>Finds plugins.</summary>
    /// <param name="query">Which, and in which order; <see langword="null"/> for the first 50 by name.</param>
    /// <returns>One page of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit, the offset or the smallest rating is out of range.</exception>
    public PluginSearchResult Search(PluginQuery? query = null)
    {
        query ??= new PluginQuery();
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, PluginQuery.MaxLimit, nameof(query));
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset, nameof(query));
        if (query.MinRating is not (null or (>= 1 and <= 5)))
        {
            throw new ArgumentOutOfRangeException(nameof(query), "The smallest rating is from 1 to 5.");
        }

        return PluginSearch.Run(Entries(), query);
    }

    /// <summary>Sums over all plugins.</summary>
    /// <returns>The sums.</returns>
    public PluginRegistryStats GetPluginStats()
    {
        var entries = Entries();
        var reviews = entries.Sum(static entry => entry.ReviewCount);
        return new PluginRegistryStats
        {
            TotalPlugins = entries.Length,
            TotalUsage = entries.Sum(static entry => entry.TotalUsage),
            TotalReviews = reviews,
            AverageRating = reviews == 0 ? null : entries.Sum(static entry => entry.AverageRating * entry.ReviewCount ?? 0) / reviews,
            ByState = Enum.GetValues<RegistryState>().ToDictionary(static state => state, state => entries.Count(entry => entry.State == state)),
            ByTag = Counts(entries.SelectMany(static entry => (entry.Manifest?.Metadata.Tags ?? []).Distinct(StringComparer.Ordinal))),
            ByAuthor = Counts(entries.Select(static entry => entry.Manifest?.Metadata.Author ?? "").Where(static author => author.Length > 0)),
        };
    }

    /// <summary>Changes a plugin's state. With an engine, enabling and disabling are its own: this is for what it cannot see.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="change">What happened to it.</param>
    /// <returns>
    /// Whether the plugin is known and the change leads anywhere from its present state. What is compiled in cannot be updated or uninstalled while the program runs.
    /// </returns>
    public bool TryChange(string name, RegistryChange change)
    {
        ArgumentNullException.ThrowIfNull(name);
        lock (_lock)
        {
            Refresh();
            return Find(name) is { } record && !(record.IsPartOfProgram && IsOfFiles(change)) && Apply(record, change);
        }
    }

    /// <summary>Takes away a process that the configuration does not name any more; a manifest in the folder goes on describing it.</summary>
    internal void Withdraw(PluginDescriptor process)
    {
        lock (_lock)
        {
            Refresh();
            Describe(process); // nobody may have asked for it yet
            var record = RecordOf(process.Name);
            if (record.Stamp is null)
            {
                Apply(record, RegistryChange.Uninstall);
            }
            else
            {
                record.Compiled = null;
            }
        }
    }

    /// <summary>Counts calls of a plugin that no engine of this process makes.</summary>
    /// <param name="name">The plugin's name.</param>
    /// <param name="calls">How many, 1 or more.</param>
    /// <returns>Whether the plugin is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public bool RecordUse(string name, long calls = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        lock (_lock)
        {
            Find(name)?.AddUsage(calls, _options.TimeProvider.GetUtcNow());
            return Find(name) is not null;
        }
    }

    private static Dictionary<string, int> Counts(IEnumerable<string> words) =>
        words.CountBy(static word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    /// <summary>What is compiled in is neither replaced nor taken away while the program runs.</summary>
    private static bool IsOfFiles(RegistryChange change) => change is RegistryChange.BeginUpdate or RegistryChange.EndUpdate or RegistryChange.Uninstall;

    private static bool Apply(RegistryRecord record, RegistryChange change)
    {
        if (RegistryTransitions.Next(record.State, change) is not { } next)
        {
            return false;
        }

        record.State = next;
        return true;
    }

    private PluginRegistryEntry[] Entries()
    {
        lock (_lock)
        {
            Refresh();
            return [.. _records.Values.Where(static record => record.IsKnown).Select(static record => record.ToEntry())];
        }
    }

    private RegistryRecord? Find(string name) => _records.TryGetValue(name, out var record) && record.IsKnown ? record : null;

    private RegistryRecord RecordOf(string name)
    {
        if (!_records.TryGetValue(name, out var record))
        {
            _records[name] = record = new RegistryRecord(name);
        }

        return record;
    }

    private void Describe(PluginDescriptor descriptor)
    {
        var record = RecordOf(descriptor.Name);
        record.Compiled = PluginManifest.FromDescriptor(descriptor);
        record.IsProcess = ProcessSection.IsProcess(descriptor);
        Apply(record, RegistryChange.Install);
    }

    /// <summary>Brings everything up to what is seen outside: new descriptors, who runs, who was called, who fits.</summary>
    private void Refresh()
    {
        if (_observer is not null && !ReferenceEquals(_catalog, _observer.Catalog))
        {
            _catalog = _observer.Catalog;
            foreach (var descriptor in _catalog.Values)
            {
                Describe(descriptor);
            }
        }

        var now = _options.TimeProvider.GetUtcNow();
        foreach (var record in _records.Values)
        {
            if (record.IsKnown && record.State != RegistryState.Uninstalled)
            {
                Refresh(record, now);
            }
        }
    }

    private void Refresh(RegistryRecord record, DateTimeOffset now)
    {
        var manifest = record.Manifest;
        if (manifest is not null)
        {
            record.See(manifest.Metadata.Version, now);
        }

        record.Misfits = manifest is null
            ? []
            : Misfits.Of(manifest, _options.Engine, name => Find(name) is { State: not RegistryState.Uninstalled } other ? other.Manifest : null);
        var seen = _observer?.Observe(record.Name) ?? default;
        record.Count(seen.Calls, seen.LastUsed);
        if (record.State == RegistryState.Updating)
        {
            return;
        }

        var isUsable = seen.Runs || (manifest is not null && record.Misfits.Count == 0); // what runs has shown that it does
        Apply(record, isUsable ? RegistryChange.Recover : RegistryChange.Fail);
        if (_observer is null || record.State == RegistryState.Error)
        {
            return;
        }

        if (seen.Runs)
        {
            Apply(record, RegistryChange.Enable);
        }
        else if (seen.IsConfigured || record.State == RegistryState.Enabled)
        {
            Apply(record, RegistryChange.Disable);
        }
    }
}
