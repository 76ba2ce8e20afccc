namespace FastEnrich.Processes;

/// <summary>What the registry, health checks and status pages see of a plugin that runs as a process. Thread-safe.</summary>
internal interface IProcessPlugin
{
    /// <summary>Gets how the child is.</summary>
    ProcessPluginStatus Status { get; }

    /// <summary>Sets what is called when another child has taken the place of one that ended.</summary>
    Action? OnRestarted { set; }

    /// <summary>
    /// Returns the last lines of the child's standard error, cut. They are the child's own words and may name users:
    /// for an administrator's eyes, never for a log.
    /// </summary>
    IReadOnlyList<string> RecentErrorOutput();
}
