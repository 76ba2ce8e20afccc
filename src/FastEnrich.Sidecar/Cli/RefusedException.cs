namespace FastEnrich.Sidecar.Cli;

/// <summary>What was asked for is well-formed and could not be done; the message is for the user, and the exit code is 1.</summary>
internal sealed class RefusedException(string message) : Exception(message);
