using FastEnrich.Plugins;

namespace FastEnrich.Registry;

/// <summary>Reads the manifests of a plugin folder: one <c>plugin.json</c> in each sub-folder of the plugin's name. Links that lead out of the folder are refused.</summary>
internal sealed class FolderReader(string root)
{
    public const int MaxManifests = 1000;
    public const string ManifestName = "plugin.json";

    /// <summary>Returns what is there, by name, and how many sub-folders are no plugins.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be read.</exception>
    public (Dictionary<string, FoundPlugin> Found, int Ignored) Read(Func<string, (FolderStamp Stamp, bool HasChecksum)?> before)
    {
        var found = new Dictionary<string, FoundPlugin>(StringComparer.Ordinal);
        var ignored = 0;
        if (!Directory.Exists(root))
        {
            return (found, 0);
        }

        var realRoot = FolderPaths.RealPath(root);
        foreach (var path in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (name[0] == '.')
            {
                continue;
            }

            if (!PluginName.IsValid(name) || found.Count >= MaxManifests)
            {
                ignored++;
            }
            else if (ReadOne(path, name, realRoot, before(name)) is { } plugin)
            {
                found.Add(name, plugin);
            }
        }

        return (found, ignored);
    }

    /// <summary>Null when the folder holds no manifest.</summary>
    private static FoundPlugin? ReadOne(string folder, string name, string realRoot, (FolderStamp Stamp, bool HasChecksum)? before)
    {
        FolderStamp stamp = default;
        try
        {
            var manifest = new FileInfo(Path.Combine(folder, ManifestName));
            if (!manifest.Exists)
            {
                return null;
            }

            stamp = new FolderStamp(new DirectoryInfo(folder).LinkTarget, manifest.LinkTarget, manifest.LastWriteTimeUtc, manifest.Length, default);
            if (before is { HasChecksum: true })
            {
                stamp = stamp with { Files = FolderChecksum.StampOf(folder) };
            }

            if (before?.Stamp == stamp)
            {
                return new FoundPlugin(stamp, null);
            }

            if (FolderPaths.Read(manifest.FullName, realRoot, PluginManifest.MaxBytes, out var refusal) is not { } bytes)
            {
                return new FoundPlugin(stamp, Refused(refusal));
            }

            var reading = Check(ManifestReader.Read(bytes), folder, name, realRoot);
            return new FoundPlugin(reading.Manifest?.Checksum is null ? stamp with { Files = default } : stamp with { Files = FolderChecksum.StampOf(folder) }, reading);
        }
        catch (FileNotFoundException)
        {
            return null; // taken away meanwhile
        }
        catch (Exception e) when (e is not OutOfMemoryException) // not of the disk alone: a file's time may be one that .NET does not know
        {
            return new FoundPlugin(stamp, Refused($"cannot be read ({e.GetType().Name})"));
        }
    }

    private static ManifestReading Check(ManifestReading reading, string folder, string name, string realRoot)
    {
        if (reading.Manifest is not { } manifest)
        {
            return reading;
        }

        if (manifest.Name != name)
        {
            return Wrong(reading, "name", "is not the name of the folder that the manifest lies in");
        }

        if (manifest.Checksum is not { } checksum)
        {
            return reading;
        }

        var actual = FolderChecksum.TryCompute(folder, realRoot, out var refusal);
        return actual == checksum ? reading : Wrong(reading, "checksum", refusal ?? "does not match the plugin's files");
    }

    private static ManifestReading Wrong(ManifestReading reading, string path, string reason) => reading with { Manifest = null, Errors = [new ManifestProblem(path, reason)] };

    private static ManifestReading Refused(string? reason) => new() { Errors = [new ManifestProblem("$", reason ?? "cannot be read")] };
}
