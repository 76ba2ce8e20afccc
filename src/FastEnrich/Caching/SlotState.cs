namespace FastEnrich.Caching;

/// <summary>What a slot refers to: nothing, a <see cref="SlotValue"/>, or the <see cref="Fetch"/> that has claimed it.</summary>
internal abstract class SlotState
{
    /// <summary>The value that can be served meanwhile or instead.</summary>
    public abstract SlotValue? Held { get; }
}
