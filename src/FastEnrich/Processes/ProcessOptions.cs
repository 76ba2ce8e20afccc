namespace FastEnrich.Processes;

/// <summary>What one process plugin is started from. Not a record: environment and configuration may hold secrets and must not be printed.</summary>
internal sealed class ProcessOptions
{
    /// <summary>Gets the executable's absolute path and its arguments; no shell reads them.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Gets the whole environment of the child.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the folder that the child starts in.</summary>
    public string WorkingDirectory { get; init; } = ProcessLimits.DefaultWorkingDirectory;

    /// <summary>Gets the checksums of files that are verified before each start.</summary>
    public IReadOnlyList<ProcessChecksum> Checksums { get; init; } = [];

    /// <summary>Gets the largest frame in either direction, and how much may wait to be read by the child.</summary>
    public int MaxFrameBytes { get; init; } = ProcessLimits.DefaultMaxFrame;

    /// <summary>Gets how many frames a second are taken from the child; what is beyond waits in its pipe.</summary>
    public int MaxFrameRate { get; init; } = ProcessLimits.DefaultFrameRate;

    /// <summary>Gets how many calls the child may owe an answer, cancelled ones included.</summary>
    public int MaxInFlight { get; init; } = ProcessLimits.DefaultInFlight;

    /// <summary>Gets how often the child is pinged; one that has not answered by the next ping is killed.</summary>
    public TimeSpan Heartbeat { get; init; } = ProcessLimits.DefaultHeartbeat;

    /// <summary>Gets how long the child has for its handshake.</summary>
    public TimeSpan StartupTimeout { get; init; } = ProcessLimits.DefaultStartup;

    /// <summary>Gets the version that the child must tell; <see langword="null"/> for any.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the capabilities that the child must tell; <see langword="null"/> for any.</summary>
    public IReadOnlyList<string>? Capabilities { get; init; }

    /// <summary>Gets the identities that users are looked up by.</summary>
    public IReadOnlyList<IdentityNeed> Needs { get; init; } = [];

    /// <summary>Gets the identities that results carry.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Gets how many users are asked for with one call; 1 for calls of one user.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>Gets the plugin's own configuration, a JSON object, handed over in the handshake.</summary>
    public ReadOnlyMemory<byte> Config { get; init; } = "{}"u8.ToArray();

    public override string ToString() => nameof(ProcessOptions);
}
