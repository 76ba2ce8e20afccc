using FastEnrich.Resilience;

namespace FastEnrich.Processes;

/// <summary>The ranges and defaults of a process plugin's settings, and the limits that have none.</summary>
internal static class ProcessLimits
{
    public const int Protocol = 1;
    public const int DefaultMaxFrame = 4 * 1024 * 1024;
    public const int MinMaxFrame = 64 * 1024;
    public const int MaxMaxFrame = 64 * 1024 * 1024;
    public const int DefaultInFlight = 256;
    public const int MaxInFlight = 65_536;
    public const int DefaultFrameRate = 20_000;
    public const int MaxFrameRate = 1_000_000;
    public const int MaxBatchSize = 1000;

    /// <summary>64 levels in an open map, and our own above them.</summary>
    public const int MaxDepth = 80;

    /// <summary>Frames that answer nothing: a late duplicate is forgiven, a habit is not.</summary>
    public const int MaxViolations = 16;

    /// <summary>The share by which a pause before a restart is shortened at most.</summary>
    public const double RestartJitter = 0.5;

    public const int MaxNames = 64;
    public const int MaxNameLength = 64;

    /// <summary>Beyond the limit of calls, for the frames that tell the child to stop: those must not be lost behind calls.</summary>
    public const int UrgentBytes = 64 * 1024;

    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan DefaultStartup = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(10);

    public static readonly BackOff Restart = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

    /// <summary>Calls wait for a child that is started again within this time; otherwise they fail at once.</summary>
    public static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(1);

    /// <summary>A child that ran for this long was well: its next end begins with the first back-off again.</summary>
    public static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    /// <summary>For the shutdown frame, then for SIGTERM, then for the kill: together less than the engine waits for a plugin's end.</summary>
    public static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(3);

    public static readonly TimeSpan TerminatePatience = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    /// <summary>What a child wrote before it ended is still read; a grandchild that holds the pipe open ends the patience.</summary>
    public static readonly TimeSpan DrainPatience = TimeSpan.FromMilliseconds(500);

    public static string DefaultWorkingDirectory { get; } = Path.GetPathRoot(AppContext.BaseDirectory) ?? "/";
}
