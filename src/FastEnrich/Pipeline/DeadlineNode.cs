namespace FastEnrich.Pipeline;

/// <summary>Something that ends at a deadline unless it is removed before; linked into the wheel without an allocation.</summary>
internal abstract class DeadlineNode
{
    internal DeadlineNode? WheelNext;
    internal DeadlineNode? WheelPrevious;
    internal int Bucket = -1;

    /// <summary>The monotonic time at which it ends.</summary>
    public long Due { get; protected set; }

    /// <summary>Changes with each reuse, so that an expiry which lost the race with a reuse is recognised.</summary>
    public int Version { get; protected set; }

    /// <summary>Called by the clock once the deadline passed; must ignore a version that is not the current one.</summary>
    public abstract void Expire(int version);
}
