namespace FastEnrich.Processes;

/// <summary>How a process plugin's child is, at one moment. Holds nothing that the child wrote but its version.</summary>
internal sealed record ProcessPluginStatus
{
    public required ProcessState State { get; init; }

    /// <summary>Gets the child's process id; <see langword="null"/> while none runs.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Gets the version that the running child told.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the capabilities that the running child told.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Gets how often a child that had ended was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>Gets how many calls the child owes an answer, cancelled ones included.</summary>
    public int InFlight { get; init; }

    /// <summary>Gets how many frames of all children answered nothing that was asked.</summary>
    public long Violations { get; init; }

    /// <summary>Gets how many lines all children wrote to their standard error.</summary>
    public long ErrorLines { get; init; }

    /// <summary>Gets why the last child ended, in our own words.</summary>
    public string? LastEnd { get; init; }

    /// <summary>Gets when that was.</summary>
    public DateTimeOffset? LastEndAt { get; init; }
}
