namespace FastEnrich.Health;

/// <summary>What follows from the inputs of one moment.</summary>
/// <param name="State">The worst state of the rules that apply.</param>
/// <param name="AtOnce">The worst state of those that hold at once.</param>
/// <param name="Reasons">The rules that apply, in their order.</param>
internal readonly record struct HealthVerdict(HealthState State, HealthState AtOnce, IReadOnlyList<HealthReason> Reasons);
