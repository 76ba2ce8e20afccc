namespace FastEnrich.Caching;

/// <summary>
/// Whether this instance hears of what others change, and so what vouches for a held value: an unbroken connection since it was confirmed, or that it was
/// confirmed lately. Immutable; its functions are the whole rule. Times are UTC ticks.
/// </summary>
internal sealed record Coherence
{
    /// <summary>Without a second tier nobody else changes anything.</summary>
    public static Coherence Alone { get; } = new() { IsConnected = true };

    public bool IsConnected { get; private init; }

    /// <summary>Gets when this state began. Later than every confirmation before it, and not later than any after it.</summary>
    public long Since { get; private init; }

    /// <summary>Gets when the last connection before this state began; what was confirmed in it was vouched for until <see cref="CoveredTo"/>.</summary>
    public long CoveredFrom { get; private init; } = long.MaxValue;

    public long CoveredTo { get; private init; }

    /// <summary>Gets for how long after it was last vouched for a value is served; ticks.</summary>
    public long Serving { get; private init; }

    /// <summary>The state before the first connection: values are served for a while after this instance fetched them, and then fetched anew.</summary>
    public static Coherence NeverConnected(TimeSpan disconnectedServing) => new() { Serving = disconnectedServing.Ticks };

    /// <summary>Whether a confirmation was taken back by <see cref="Doubt"/>.</summary>
    public static bool IsDoubted(long confirmed) => confirmed < 0;

    /// <summary>The confirmation of what is asked for now: of the fetch that begins, not of its answer, which a change may overtake.</summary>
    public long Stamp(long now) => Math.Max(now, Since);

    /// <summary>Whether something has changed since a confirmation was stamped, so that what was read meanwhile may be of before.</summary>
    public bool Overtakes(long stamp) => IsDoubted(stamp) || stamp < Since;

    /// <summary>The confirmation of a value that another instance has changed now: vouched for as long as it was, and looked up again before it is served.</summary>
    public long Doubt(long confirmed, long now) =>
        IsDoubted(confirmed) ? confirmed : IsConnected && confirmed >= Since ? -now : -VouchedAt(confirmed);

    public Coherence Connect(long now) => new()
    {
        IsConnected = true,
        Since = Later(now),
        CoveredFrom = IsConnected ? Since : CoveredFrom,
        CoveredTo = IsConnected ? Since : CoveredTo, // nobody knows when it broke
        Serving = Serving,
    };

    public Coherence Disconnect(long now) => !IsConnected
        ? this
        : new() { Since = Later(now), CoveredFrom = Since, CoveredTo = now, Serving = Serving };

    /// <summary>Until when a value is served without a look into the second tier.</summary>
    public long ServesUntil(long confirmed) =>
        IsDoubted(confirmed) ? 0
        : IsConnected ? (confirmed >= Since ? long.MaxValue : 0)
        : ServesAfter(confirmed);

    /// <summary>Until when a value may stand in where neither the second tier nor the upstream answers.</summary>
    public long StandsInUntil(long confirmed) =>
        IsConnected && confirmed >= Since ? long.MaxValue : ServesAfter(confirmed);

    /// <summary>
    /// Whether a caller that begins now may wait for a fetch that began before: not for one from before the present connection, whose user may have been erased
    /// since. While disconnected nobody can know, and one fetch for all is what is left.
    /// </summary>
    public bool MayJoin(long stamp, long now) =>
        Math.Abs(stamp) >= Since || (!IsConnected && now < StandsInUntil(stamp));

    /// <summary>When a value was last known to be what the others know.</summary>
    public long VouchedAt(long confirmed) =>
        IsDoubted(confirmed) ? -confirmed
        : confirmed >= CoveredFrom ? Math.Max(confirmed, CoveredTo)
        : confirmed;

    private long ServesAfter(long confirmed) => Serving == 0 ? 0 : VouchedAt(confirmed) + Serving; // strict even within the tick of the confirmation

    private long Later(long now) => Math.Max(now, Since) + 1;
}
