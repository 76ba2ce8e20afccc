using System.Globalization;

namespace FastEnrich.Registry;

/// <summary>
/// Usage and reviews on disk. Written whole: a new file, made durable, takes the old one's name, so that whoever looks sees the old or the new state. Processes
/// take turns by a lock file, and each adds what it counted to what it finds. Not thread-safe.
/// </summary>
internal sealed class RegistryFile(string path, TimeProvider time)
{
    private (DateTime WrittenAt, long Length) _seen;

    /// <summary>Whether somebody wrote the file since it was read or written here.</summary>
    public bool HasChanged => _seen != Stamp();

    /// <summary>Adds to the file, or only reads it when there is nothing to add. A damaged one is set aside first.</summary>
    /// <param name="added">What to add.</param>
    /// <param name="damaged">The name that a damaged file now has.</param>
    /// <returns>What the file holds now; null while another process has its turn.</returns>
    /// <exception cref="IOException">The file or its folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder must not be used.</exception>
    public Dictionary<string, StoredPlugin>? TryAdd(IReadOnlyDictionary<string, StoredPlugin> added, out string? damaged)
    {
        damaged = null;
        if (added.Count == 0 && !File.Exists(path))
        {
            _seen = Stamp();
            return []; // nothing is written before there is something to keep
        }

        using var turn = TryLock();
        if (turn is null)
        {
            return null;
        }

        var held = Read();
        if (held is null)
        {
            damaged = SetAside();
            held = [];
        }

        if (added.Count > 0)
        {
            held = StoreMerge.Add(held, added);
            Replace(StoreFormat.Write(held).Span);
        }

        _seen = Stamp();
        return held;
    }

    private FileStream? TryLock()
    {
        try
        {
            return new FileStream(path + ".lock", Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)); // an advisory lock that ends with the process, however that ends
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path + ".lock"))
        {
            return null;
        }
    }

    private Dictionary<string, StoredPlugin>? Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var handle = UnixFiles.OpenRead(path);
        using var stream = new FileStream(handle, FileAccess.Read);
        if (!stream.CanSeek || stream.Length > StoreFormat.MaxBytes)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return StoreFormat.TryRead(bytes);
    }

    private string SetAside()
    {
        var aside = path + ".damaged-" + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        File.Move(path, aside, overwrite: true);
        return Path.GetFileName(aside);
    }

    private void Replace(ReadOnlySpan<byte> bytes)
    {
        var fresh = path + ".new";
        File.Delete(fresh); // of a process that was killed
        using (var stream = new FileStream(fresh, Options(FileMode.CreateNew, FileAccess.Write))) // follows no link
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        UnixFiles.SyncFolder(Path.GetDirectoryName(path)!);
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private (DateTime WrittenAt, long Length) Stamp()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
