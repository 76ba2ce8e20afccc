namespace FastEnrich;

/// <summary>A plugin's state changed.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
/// <param name="Reasons">What is wrong at that moment; empty when nothing is.</param>
/// <param name="At">When it was noticed.</param>
public sealed record HealthChange(string Plugin, HealthState From, HealthState To, IReadOnlyList<HealthReason> Reasons, DateTimeOffset At);
