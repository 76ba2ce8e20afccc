using System.Buffers;
using System.Text.Unicode;

namespace FastEnrich.Configuration;

/// <summary>Reads a configuration file: JSON when its name ends so, YAML otherwise.</summary>
internal static class ConfigDocumentReader
{
    private const int MaxBytes = 1024 * 1024;

    public static ConfigDocument ReadFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(stream, path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fail(path, "an existing file");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Fail(path, "a readable file");
        }
    }

    public static ConfigDocument Read(Stream stream, string name)
    {
        var buffer = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > MaxBytes ? Fail(name, "at most 1 MiB") : Read(buffer.AsSpan(0, length), name);
    }

    public static ConfigDocument Read(ReadOnlySpan<byte> bytes, string name)
    {
        var builder = new ConfigDocumentBuilder(name);
        var utf8 = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var text = new char[utf8.Length];
        if (bytes.Length > MaxBytes)
        {
            return Fail(name, "at most 1 MiB");
        }

        if (Utf8.ToUtf16(utf8, text, out var read, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            var before = text.AsSpan(0, written);
            builder.Break("valid UTF-8", before.Count('\n') + 1, written - before.LastIndexOf('\n'));
        }
        else if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            JsonDocumentReader.Read(utf8[..read], builder);
        }
        else
        {
            YamlDocumentReader.Read(new string(text, 0, written), builder);
        }

        return builder.Build();
    }

    private static ConfigDocument Fail(string name, string expected)
    {
        var builder = new ConfigDocumentBuilder(name);
        builder.Break(expected, 0, 0);
        return builder.Build();
    }
}
