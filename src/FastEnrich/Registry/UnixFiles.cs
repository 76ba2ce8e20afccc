using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace FastEnrich.Registry;

/// <summary>What .NET does not offer on Linux: a folder made durable, and a file opened without waiting on what only looks like one.</summary>
internal static class UnixFiles
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on every Linux that .NET runs on
    private const int NonBlocking = 0x800; // O_NONBLOCK

    /// <summary>Opens a file for reading; a named pipe in its place is opened too, but never waited for.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SafeFileHandle OpenRead(string path) =>
        OperatingSystem.IsLinux()
            ? new SafeFileHandle(Open(path, ReadOnlyCloseOnExec | NonBlocking), ownsHandle: true)
            : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Makes a rename in a folder durable. Elsewhere than on Linux the file system's own journal has to do.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsLinux())
        {
            using var handle = new SafeFileHandle(Open(folder, ReadOnlyCloseOnExec), ownsHandle: true);
            _ = FSync(handle.DangerousGetHandle().ToInt32()); // some file systems refuse it for folders, and need it not
        }
    }

    /// <summary>The path that an open file really has; null where that cannot be told.</summary>
    public static string? RealPathOf(SafeFileHandle handle) =>
        OperatingSystem.IsLinux() ? new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget : null;

    private static nint Open(string path, int flags)
    {
        int descriptor;
        do
        {
            descriptor = OpenFile(Encoding.UTF8.GetBytes(path + '\0'), flags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == 4); // EINTR

        return descriptor >= 0 ? descriptor : throw (Marshal.GetLastPInvokeError() == 2
            ? new FileNotFoundException("The file is not there.")
            : new IOException($"The file cannot be opened (errno {Marshal.GetLastPInvokeError()})."));
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFile(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FSync(int descriptor);
}
