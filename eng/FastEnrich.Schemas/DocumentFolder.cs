namespace FastEnrich.Schemas;

/// <summary>Where the documents go: unchanged ones are left alone, and those of an earlier build that are no longer written are deleted.</summary>
internal sealed class DocumentFolder(string folder, string list)
{
    private readonly string[] _before = File.Exists(list) ? File.ReadAllLines(list) : [];
    private readonly List<string> _written = [];

    public void Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        _written.Add(path);
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp"; // several target frameworks may share a folder
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }

    public void Finish()
    {
        foreach (var path in _before.Except(_written, StringComparer.Ordinal).Where(File.Exists))
        {
            File.Delete(path);
            if (Path.GetDirectoryName(path) is { } parent && parent != folder && !Directory.EnumerateFileSystemEntries(parent).Any())
            {
                Directory.Delete(parent);
            }
        }

        File.WriteAllLines(list, _written);
    }
}
