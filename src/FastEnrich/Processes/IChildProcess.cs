namespace FastEnrich.Processes;

/// <summary>A started process and its three streams.</summary>
internal interface IChildProcess : IDisposable
{
    int Id { get; }

    /// <summary>Gets where the child reads from.</summary>
    Stream Input { get; }

    /// <summary>Gets what the child writes.</summary>
    Stream Output { get; }

    Stream Error { get; }

    /// <summary>Gets what ends with the process, and is its exit code.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks the process to end, where the system has a way.</summary>
    void Terminate();

    /// <summary>Kills the process and those it started. Harmless once it has ended.</summary>
    void Kill();
}
