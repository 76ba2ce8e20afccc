using FastEnrich.Plugins;

namespace FastEnrich.Caching;

/// <summary>
/// One fetch for one slot. Being in the slot is the single-flight lock; waiters wait on the entry. It belongs to no caller and is never reused.
/// </summary>
internal sealed class Fetch(ProfileEntry entry, RunningPlugin plugin, int generation, SlotValue? held, bool bulk) : SlotState
{
    private SlotValue? _held = held;
    private Fingerprint _fingerprint;
    private int _concluded;
    private bool _looksUp; // beside the other flags: a nullable would take eight bytes more

    public ProfileEntry Entry { get; } = entry;

    public RunningPlugin Plugin { get; } = plugin;

    public int Ordinal => Plugin.Ordinal;

    /// <summary>The generation of the plugin when the slot was claimed.</summary>
    public int Generation { get; } = generation;

    public override SlotValue? Held => _held;

    public bool Bulk { get; } = bulk;

    /// <summary>Guarded by the entry's lock.</summary>
    public FetchPhase Phase { get; set; }

    /// <summary>The providers it waits for: those that were in flight when it was claimed and have not settled since. Guarded by the entry's lock.</summary>
    public ulong Awaits { get; set; }

    /// <summary>Whether only the second tier may be asked, because nobody who waits wants more. Guarded by the entry's lock.</summary>
    public bool StoreOnly { get; set; }

    /// <summary>Whether what is held serves as well as a result, once the lookup is known. Guarded by the entry's lock.</summary>
    public bool HeldServes { get; set; }

    /// <summary>What the user is looked up by; known once every provider has settled.</summary>
    public Fingerprint? Fingerprint
    {
        get => _looksUp ? _fingerprint : null;
        set => (_looksUp, _fingerprint) = (value is not null, value ?? default);
    }

    public IReadOnlyDictionary<string, string> Identities { get; set; } = UserIdentities.None;

    /// <summary>The erase token that the second tier showed; without one the result is not written there.</summary>
    public EraseToken? EraseToken { get; set; }

    /// <summary>What the second tier held, used once the fingerprint is known.</summary>
    public StoredSlot? Stored { get; set; }

    /// <summary>The same as a value, once it was looked at for this lookup and can be used. Belongs to whoever goes on with the fetch.</summary>
    public SlotValue? Brought { get; set; }

    /// <summary>What was fetched before this is too old for somebody who waits; UTC ticks. Guarded by the entry's lock.</summary>
    public long NotBefore { get; set; }

    /// <summary>The confirmation of what the fetch brings, see <see cref="Coherence.Stamp"/>. Guarded by the entry's lock.</summary>
    public long Stamp { get; set; }

    /// <summary>Whether its user was erased after it began: what it brings is of before. Guarded by the entry's lock.</summary>
    public bool IsRenounced { get; set; }

    /// <summary>What the second tier said.</summary>
    public StoreReading Reading { get; set; }

    /// <summary>When the last call of its upstream began, and so the moment that its result is of; UTC ticks.</summary>
    public long CalledAt { get; set; } = long.MaxValue;

    /// <summary>When the fetch gives up waiting for a free call; monotonic ticks.</summary>
    public long QueueDue { get; set; }

    /// <summary>Links the fetches that one step has to start.</summary>
    public Fetch? Next { get; set; }

    /// <summary>Whether nobody waits for the result any more because the slot was taken away.</summary>
    public bool IsOrphan => !Entry.IsClaimedBy(this);

    /// <summary>True once: a fetch has one outcome, whoever brings it first.</summary>
    public bool TryConclude() => Interlocked.Exchange(ref _concluded, 1) == 0;

    /// <summary>Notes what the user is looked up by; a value that was looked up otherwise cannot stand in. Under the entry's lock.</summary>
    public void Resolve(Fingerprint fingerprint, IReadOnlyDictionary<string, string> identities)
    {
        Fingerprint = fingerprint;
        Identities = identities;
        if (_held is not null && _held.Fingerprint != fingerprint)
        {
            _held = null;
        }
    }

    /// <summary>Puts what the second tier held beneath the fetch. Under the entry's lock.</summary>
    public void Lay(SlotValue stored)
    {
        stored.Confirmed = Stamp;
        _held = stored;
        HeldServes = true;
    }

    /// <summary>What was found in the slot may be served no more. Under the entry's lock.</summary>
    public void DropHeld()
    {
        _held = null;
        HeldServes = false;
    }

    public EnrichmentRequest ToRequest(TimeSpan budget)
    {
        var previous = Held?.Answer is { Kind: SlotKind.Found } answer && answer.Fingerprint == Fingerprint && !answer.IsDamaged() ? PreviousOf(answer) : null;
        return previous is null && Identities.Count == 0 ? Entry.PlainRequest(budget) : new(Entry.UserId, Identities, previous, budget);
    }

    // Apart, so that only a fetch with a previous result pays for the closure.
    private static PreviousResult PreviousOf(SlotValue answer) =>
        new(() => answer.Enrichment, answer.Validator, new DateTimeOffset(answer.FetchedAt, TimeSpan.Zero));
}
