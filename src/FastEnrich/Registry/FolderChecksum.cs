using System.Security.Cryptography;
using System.Text;

namespace FastEnrich.Registry;

/// <summary>
/// The checksum of a plugin's files but its manifest: SHA-256 over one line for each, "hash, two spaces, path from the folder, line feed", in the order of the
/// paths' UTF-8 bytes; what <c>sha256sum</c> prints for them.
/// </summary>
internal static class FolderChecksum
{
    private const int MaxFiles = 1000;
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>Null with a reason when the files cannot be taken.</summary>
    public static string? TryCompute(string folder, string realRoot, out string? refusal)
    {
        if (!TryList(folder, out var files, out refusal))
        {
            return null;
        }

        using var lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var total = 0L;
        var sorted = files
            .Select(file => (Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file))
            .OrderBy(static pair => Encoding.UTF8.GetBytes(pair.Item1), ByteOrder.Instance);
        foreach (var (relative, _) in sorted)
        {
            using var stream = FolderPaths.Open(Path.Combine(folder, relative), realRoot, out refusal);
            if (stream is null)
            {
                return null;
            }

            total += stream.Length;
            if (total > MaxBytes)
            {
                refusal = $"the plugin's files have more than {MaxBytes} bytes";
                return null;
            }

            lines.AppendData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(stream))}  {relative}\n"));
        }

        return "sha256:" + Convert.ToHexStringLower(lines.GetHashAndReset());
    }

    /// <summary>Changes when a file comes, goes or is written.</summary>
    public static (int Count, long Length, DateTime WrittenAt) StampOf(string folder) =>
        TryList(folder, out var files, out _) && files.Count > 0 ? (files.Count, files.Sum(static file => file.Length), files.Max(static file => file.LastWriteTimeUtc)) : default;

    private static bool TryList(string folder, out List<FileInfo> files, out string? refusal)
    {
        files = [];
        refusal = null;
        var folders = new Queue<DirectoryInfo>([new DirectoryInfo(folder)]);
        var entries = 0;
        while (folders.TryDequeue(out var next))
        {
            foreach (var entry in next.EnumerateFileSystemInfos())
            {
                var isLink = entry.LinkTarget is not null;
                refusal = isLink ? "a plugin with a checksum holds no links" : ++entries > MaxFiles ? $"a plugin with a checksum holds at most {MaxFiles} files" : null;
                if (refusal is not null)
                {
                    return false;
                }

                if (entry is DirectoryInfo inner)
                {
                    folders.Enqueue(inner);
                }
                else if (next.FullName != new DirectoryInfo(folder).FullName || entry.Name != FolderReader.ManifestName)
                {
                    files.Add((FileInfo)entry);
                }
            }
        }

        return true;
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
