using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace FastEnrich.Processes;

/// <summary>The three calls that .NET has no name for: who owns a file, who we are, and a polite end.</summary>
[UnsupportedOSPlatform("windows")]
internal static class NativeMethods
{
    private const int SigTerm = 15;
    private const int AtCurrentDirectory = -100;
    private const int AtNoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    public static void Terminate(int processId) => _ = kill(processId, SigTerm);

    public static uint EffectiveUser() => geteuid();

    /// <summary>Asks for a file's owner and mode, not following a link. <c>statx</c> has one layout on every architecture.</summary>
    public static bool TryStat(string path, out FileFacts facts)
    {
        var name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        var buffer = new byte[256];
        if (statx(AtCurrentDirectory, name, AtNoFollow, BasicStats, buffer) != 0)
        {
            facts = default;
            return false;
        }

        facts = new FileFacts(MemoryMarshal.Read<uint>(buffer.AsSpan(20)), MemoryMarshal.Read<ushort>(buffer.AsSpan(28)));
        return true;
    }

#pragma warning disable SYSLIB1054 // blittable already: the generator would only bring unsafe code in
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int kill(int processId, int signal);

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint geteuid();

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, [Out] byte[] buffer);
#pragma warning restore SYSLIB1054
}
