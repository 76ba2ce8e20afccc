namespace FastEnrich.Registry;

/// <summary>One plugin inside the registry. Guarded by the registry's lock.</summary>
internal sealed class RegistryRecord(string name)
{
    private long _counted;
    private double? _average;
    private string? _seen;
    private IReadOnlyList<PluginReview> _reviews = [];

    public string Name => name;

    public RegistryState State { get; set; }

    public PluginManifest? Compiled { get; set; }

    /// <summary>Whether <see cref="Compiled"/> describes a process.</summary>
    public bool IsProcess { get; set; }

    public bool IsPartOfProgram => Compiled is not null && !IsProcess;

    /// <summary>The last good one of the folder.</summary>
    public PluginManifest? Found { get; set; }

    /// <summary>What the folder looked like; null when it holds no manifest now.</summary>
    public FolderStamp? Stamp { get; set; }

    public IReadOnlyList<ManifestProblem> ManifestErrors { get; set; } = [];

    public IReadOnlyList<ManifestProblem> ManifestWarnings { get; set; } = [];

    /// <summary>What keeps it from fitting the engine and the other plugins.</summary>
    public IReadOnlyList<ManifestProblem> Misfits { get; set; } = [];

    /// <summary>What the file holds.</summary>
    public StoredPlugin Stored { get; private set; } = new();

    /// <summary>What the file does not hold yet.</summary>
    public StoredPlugin Unsaved { get; private set; } = new();

    public bool HasUnsaved { get; private set; }

    public IReadOnlyList<PluginReview> Reviews => _reviews;

    public double? AverageRating => _average;

    /// <summary>A descriptor that says nothing of itself, as of a registered factory or process, leaves the description to the folder.</summary>
    public PluginManifest? Manifest => Compiled is { } compiled && (IsDescribed(compiled) || Found is null) ? compiled : Found;

    public bool IsShadowed => Found is not null && Compiled is not null && !ReferenceEquals(Manifest, Found);

    public bool IsKnown => Compiled is not null || Stamp is not null || State == RegistryState.Uninstalled;

    /// <summary>Takes a counter that only grows; what it grew by is usage.</summary>
    public void Count(long calls, DateTimeOffset? lastUsed)
    {
        if (calls > _counted)
        {
            AddUsage(calls - _counted, lastUsed);
            _counted = calls;
        }
    }

    public void AddUsage(long calls, DateTimeOffset? lastUsed)
    {
        Unsaved = Unsaved with { Usage = Unsaved.Usage + calls, LastUsed = lastUsed > Unsaved.LastUsed || Unsaved.LastUsed is null ? lastUsed : Unsaved.LastUsed };
        HasUnsaved = true;
    }

    public void AddReview(PluginReview review)
    {
        Unsaved = Unsaved with { Reviews = StoreMerge.Newest([.. Unsaved.Reviews, review]) };
        HasUnsaved = true;
        Recompute();
    }

    /// <summary>Notes when a version is seen for the first time.</summary>
    public void See(string version, DateTimeOffset now)
    {
        if (_seen == version)
        {
            return; // another process may run another version: the two do not overwrite each other in turns
        }

        _seen = version;
        if (Stored.UpdatedAt is null || Stored.Version != version)
        {
            Unsaved = Unsaved with { InstalledAt = Unsaved.InstalledAt ?? now, UpdatedAt = now, Version = version };
            HasUnsaved = true;
        }
    }

    public void Load(StoredPlugin stored)
    {
        Stored = stored;
        if (stored.Version == Unsaved.Version && stored.UpdatedAt is not null)
        {
            Unsaved = Unsaved with { InstalledAt = null, UpdatedAt = null, Version = "" }; // the file knows it from before
            HasUnsaved = Unsaved.Usage > 0 || Unsaved.Reviews.Count > 0;
        }

        Recompute();
    }

    /// <summary>The file holds now what was unsaved before.</summary>
    public void Saved(StoredPlugin before, StoredPlugin stored)
    {
        var isVersionSaved = Unsaved.UpdatedAt == before.UpdatedAt;
        var ids = before.Reviews.Select(static review => review.Id).ToHashSet(StringComparer.Ordinal);
        Unsaved = new StoredPlugin
        {
            Usage = Unsaved.Usage - before.Usage,
            LastUsed = Unsaved.LastUsed == before.LastUsed ? null : Unsaved.LastUsed,
            InstalledAt = isVersionSaved ? null : Unsaved.InstalledAt,
            UpdatedAt = isVersionSaved ? null : Unsaved.UpdatedAt,
            Version = isVersionSaved ? "" : Unsaved.Version,
            Reviews = [.. Unsaved.Reviews.Where(review => !ids.Contains(review.Id))],
        };
        HasUnsaved = Unsaved.Usage > 0 || Unsaved.Reviews.Count > 0 || Unsaved.UpdatedAt is not null;
        Load(stored);
    }

    public PluginRegistryEntry ToEntry()
    {
        var installed = Stored.InstalledAt ?? Unsaved.InstalledAt ?? default;
        return new PluginRegistryEntry
        {
            Name = name,
            State = State,
            Source = Compiled is null ? RegistrySource.Folder : RegistrySource.Code,
            Manifest = Manifest,
            Errors = [.. ManifestErrors, .. Misfits],
            Warnings = IsShadowed
                ? [.. ManifestWarnings, new ManifestProblem("name", "belongs to a plugin that is compiled in and describes itself; this manifest is not used")]
                : ManifestWarnings,
            TotalUsage = Stored.Usage + Unsaved.Usage,
            LastUsed = Unsaved.LastUsed > Stored.LastUsed || Stored.LastUsed is null ? Unsaved.LastUsed : Stored.LastUsed,
            AverageRating = _average,
            ReviewCount = _reviews.Count,
            InstalledAt = installed,
            UpdatedAt = Unsaved.UpdatedAt ?? Stored.UpdatedAt ?? installed,
        };
    }

    private static bool IsDescribed(PluginManifest manifest) =>
        manifest.Metadata.Description.Length > 0 || manifest.Metadata.Author.Length > 0 || manifest.Metadata.Capabilities.Count > 0;

    private void Recompute()
    {
        _reviews = StoreMerge.Newest([.. Stored.Reviews, .. Unsaved.Reviews]);
        _average = _reviews.Count == 0 ? null : _reviews.Average(static review => review.Rating);
    }
}
