namespace FastEnrich.Registry;

/// <summary>What is seen of one plugin from outside.</summary>
/// <param name="Runs">Whether requests reach it.</param>
/// <param name="IsConfigured">Whether somebody gave it settings.</param>
/// <param name="Calls">How often it was asked for a user in this process.</param>
/// <param name="LastUsed">When it was asked last.</param>
internal readonly record struct PluginObservation(bool Runs, bool IsConfigured, long Calls, DateTimeOffset? LastUsed);
