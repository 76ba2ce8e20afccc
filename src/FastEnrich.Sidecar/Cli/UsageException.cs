namespace FastEnrich.Sidecar.Cli;

/// <summary>The command line or the configuration is wrong; the message is for the user, and the exit code is 2.</summary>
internal sealed class UsageException(string message) : Exception(message);
