using System.Runtime.InteropServices;
using FastEnrich.Processes;

namespace FastEnrich.Tests.Processes;

/// <summary>The command that starts this program as a child.</summary>
internal static class TestChild
{
    /// <summary>The launcher without the guard: a checkout may well be writable by its group. The guard has tests of its own.</summary>
    public static readonly ProcessLauncher Launcher = new(static (_, _) => { });

    public static string[] Command(string mode) =>
    [
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")),
        "exec",
        Path.Combine(AppContext.BaseDirectory, "FastEnrich.Tests.dll"),
        ChildProgram.Word,
        mode,
    ];

    public static ProcessOptions Options(string mode, Dictionary<string, string>? environment = null, TimeSpan? heartbeat = null, int batch = 1) => new()
    {
        Command = Command(mode),
        Environment = environment ?? [],
        Heartbeat = heartbeat ?? TimeSpan.FromMinutes(5), // a busy machine must not look like a child that hangs
        StartupTimeout = TimeSpan.FromMinutes(5),
        BatchSize = batch,
    };
}
