namespace FastEnrich;

/// <summary>What this instance holds of a user, without asking anybody.</summary>
/// <param name="Slots">What is held by plugin.</param>
/// <param name="Bytes">How many bytes the entry counts for in the memory budget.</param>
/// <param name="Decoded">Whether a decoded snapshot is held beside the bytes.</param>
public sealed record ProfileInspection(IReadOnlyDictionary<string, SlotInspection> Slots, long Bytes, bool Decoded);
