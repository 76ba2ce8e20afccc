namespace FastEnrich.Redis.Connecting;

/// <summary>
/// A breaker for each part of a cluster's slots, so that a node that hangs takes the tier from its own users and not from those of the others. Without a cluster
/// there is one. Parts are fixed and much smaller than nodes: nobody has to know which node has which slots, or learn that they have moved.
/// </summary>
internal sealed class RedisBreakers
{
    private const int Parts = 64;
    private const int SlotsOfPart = 16384 / Parts;

    private readonly RedisBreaker[] _breakers = new RedisBreaker[Parts];
    private int _open;

    public RedisBreakers(TimeProvider timeProvider)
    {
        for (var i = 0; i < Parts; i++)
        {
            _breakers[i] = new RedisBreaker(timeProvider) { Changed = Count };
        }
    }

    /// <summary>Called when the first of them opens and when the last one closes.</summary>
    public Action<bool>? Changed { get; set; }

    /// <summary>Gets whether any of them is open.</summary>
    public bool IsOpen => Volatile.Read(ref _open) > 0;

    /// <param name="hashSlot">The slot of a key; negative without a cluster.</param>
    public RedisBreaker Of(int hashSlot) => _breakers[Math.Max(0, hashSlot) / SlotsOfPart];

    public void Reset() => Array.ForEach(_breakers, static breaker => breaker.Reset());

    private void Count(bool isOpen)
    {
        if (isOpen ? Interlocked.Increment(ref _open) == 1 : Interlocked.Decrement(ref _open) == 0)
        {
            Changed?.Invoke(isOpen);
        }
    }
}
