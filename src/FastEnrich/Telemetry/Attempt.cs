using System.Diagnostics;

namespace FastEnrich.Telemetry;

/// <summary>One running attempt.</summary>
/// <param name="StartedAt">Monotonic ticks of the engine's clock.</param>
/// <param name="Activity">The attempt's activity, for whoever listens.</param>
/// <param name="Epoch">The breaker's epoch in which it began.</param>
internal readonly record struct Attempt(long StartedAt, Activity? Activity, int Epoch);
