using Microsoft.Win32.SafeHandles;

namespace FastEnrich.Sidecar.Hosting;

internal static class StandardOutput
{
    /// <summary>
    /// Standard output that reports a reader that went away: the console's own stream swallows EPIPE, and a long run would go on for nobody.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return stream;
            }
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Closed or odd: the console's stream copes.
        }

        // A file: FileStream would write at offsets of its own and overwrite what standard error appends to the same file.
        return Console.OpenStandardOutput();
    }
}
