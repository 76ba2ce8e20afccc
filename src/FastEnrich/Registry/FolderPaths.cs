namespace FastEnrich.Registry;

/// <summary>Opens files of a plugin folder so that no link leads out of it, whenever it was put there.</summary>
internal static class FolderPaths
{
    private const string LeadsOut = "a link leads out of the plugin folder";

    /// <summary>The path of a folder with every link in it resolved where the system can tell.</summary>
    public static string RealPath(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (OperatingSystem.IsLinux())
        {
            using var handle = UnixFiles.OpenRead(full);
            return UnixFiles.RealPathOf(handle) ?? full;
        }

        return new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    /// <summary>Reads a whole file; null with a reason when it lies elsewhere, is larger or is no file.</summary>
    public static byte[]? Read(string path, string realRoot, int maxBytes, out string? refusal)
    {
        using var stream = Open(path, realRoot, out refusal);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[maxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > maxBytes)
        {
            refusal = $"has more than {maxBytes} bytes";
            return null;
        }

        return bytes[..length];
    }

    /// <summary>Opens a file; null with a reason when it lies elsewhere or is no regular file.</summary>
    public static FileStream? Open(string path, string realRoot, out string? refusal)
    {
        refusal = null;
        var handle = UnixFiles.OpenRead(path);
        try
        {
            // Asked of the open file: a link that is swapped after the question changes nothing.
            var real = UnixFiles.RealPathOf(handle) ?? ResolvedPath(path);
            if (!real.StartsWith(realRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                refusal = LeadsOut;
                return null;
            }

            var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!stream.CanSeek)
            {
                refusal = "is no regular file";
                stream.Dispose();
                return null;
            }

            handle = null;
            return stream;
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private static string ResolvedPath(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var file = Path.Combine(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder, Path.GetFileName(path));
        return new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file;
    }
}
