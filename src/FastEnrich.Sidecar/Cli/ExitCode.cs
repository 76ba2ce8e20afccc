namespace FastEnrich.Sidecar.Cli;

/// <summary>What the process says to its caller when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>A line was refused, a profile has errors, or input or output failed on the way.</summary>
    public const int WithErrors = 1;

    /// <summary>The command line or the configuration is wrong; nothing was done.</summary>
    public const int BadUsage = 2;

    /// <summary>Interrupted by SIGINT or SIGTERM before the input ended; what a shell reports for SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>The reader of the output went away; what a shell reports for SIGPIPE.</summary>
    public const int OutputClosed = 141;
}
