namespace FastEnrich.Processes;

/// <summary>How a process plugin's child is.</summary>
internal enum ProcessState
{
    /// <summary>It was not started, or its first start failed and the engine tries again.</summary>
    NotStarted,

    /// <summary>It is started and has not shaken hands yet.</summary>
    Starting,

    /// <summary>It takes calls.</summary>
    Running,

    /// <summary>It ended and is started again after a back-off.</summary>
    Restarting,

    /// <summary>It is told to end, for good.</summary>
    Stopping,

    /// <summary>It has ended for good.</summary>
    Stopped,
}
