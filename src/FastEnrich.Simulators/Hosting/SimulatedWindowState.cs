namespace FastEnrich.Simulators;

/// <summary>How a limit stands after a request.</summary>
internal readonly record struct SimulatedWindowState(long Limit, long Remaining, DateTimeOffset ResetAt, bool IsExceeded);
