using System.Diagnostics;

namespace FastEnrich.Telemetry;

/// <summary>One running attempt.</summary>
/// <param name="StartedAt">Monotonic ticks of the engine's clock.</param>
/// <param name="Activity">The attempt's activity, for whoever listens.</param>
/// <param name="Epoch">The breaker's epoch in which it began.</param>
/// <param name="Number">1 for the first call of a flight, more for its retries.</param>
/// <param name="Users">How many users one batch asks for; 0 for a call for one user.</param>
internal readonly record struct Attempt(long StartedAt, Activity? Activity, int Epoch, int Number, int Users);
