using System.Diagnostics;

namespace FastEnrich.Telemetry;

/// <summary>One running attempt, for whoever listens; empty when nobody does.</summary>
/// <param name="StartedAt">A <see cref="Stopwatch"/> timestamp; 0 when nobody measures.</param>
/// <param name="Activity">The attempt's activity.</param>
/// <param name="Epoch">The breaker's epoch in which it began.</param>
internal readonly record struct Attempt(long StartedAt, Activity? Activity, int Epoch);
