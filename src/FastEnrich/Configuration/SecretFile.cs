using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FastEnrich.Configuration;

/// <summary>Reads a secret that an orchestrator has put into a file. What is wrong is told without a byte of the content.</summary>
internal static class SecretFile
{
    /// <summary>What <c>${file:/path}</c> begins with.</summary>
    public const string Prefix = "file:";

    private const int MaxBytes = 64 * 1024;
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool TryRead(string path, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? expected)
    {
        text = null;
        expected = null;
        var shown = ConfigErrors.Shorten(path);
        if (!Path.IsPathFullyQualified(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            expected = "the absolute path of a file, as in ${file:/run/secrets/name}";
            return false;
        }

        try
        {
            // Pipes, sockets and devices have no length, and opening a pipe may never end. Links are followed: orchestrators mount secrets behind them.
            if (LengthOf(path) == 0)
            {
                expected = $"the file {shown} to be a regular one that is not empty";
                return false;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
            {
                expected = $"the file {shown} to have at most 64 KiB";
                return false;
            }

            text = WithoutNewline(s_strict.GetString(buffer, 0, length));
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            expected = $"the file {shown} to exist";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            expected = exception is DecoderFallbackException ? $"the file {shown} to be valid UTF-8" : $"the file {shown} to be readable";
        }

        return false;
    }

    /// <exception cref="FileNotFoundException">There is no such file, or it is a directory.</exception>
    public static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file).Length;
    }

    private static string WithoutNewline(string text) => text switch
    {
        [.., '\r', '\n'] => text[..^2],
        [.., '\n'] => text[..^1],
        _ => text,
    };
}
