namespace FastEnrich.Health;

/// <summary>One row of the rules.</summary>
/// <param name="Reason">What is told when it applies.</param>
/// <param name="State">What the plugin is then at best.</param>
/// <param name="IsFact">Whether it holds at once; all else has to be seen several times in a row.</param>
/// <param name="Applies">Whether it applies.</param>
internal sealed record HealthRule(HealthReason Reason, HealthState State, bool IsFact, Func<HealthInputs, bool> Applies);
