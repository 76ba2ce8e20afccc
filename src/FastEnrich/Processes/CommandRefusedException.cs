namespace FastEnrich.Processes;

/// <summary>Why a command is not started. The message names files of this machine: for the log, not for callers.</summary>
internal sealed class CommandRefusedException(string message) : Exception(message);
