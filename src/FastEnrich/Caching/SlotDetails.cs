namespace FastEnrich.Caching;

/// <summary>What few values have; most are smaller without it, and what is held for long is copied by the collector more than once.</summary>
internal sealed class SlotDetails
{
    public Fingerprint Fingerprint { get; init; }

    public IReadOnlyDictionary<string, string>? Identities { get; init; }

    public string? Validator { get; init; }

    public SlotFailure? Failure { get; init; }

    public SlotValue? Older { get; init; }

    public long GoneAt { get; init; } = long.MaxValue;

    public static SlotDetails? Of(Fingerprint fingerprint, IReadOnlyDictionary<string, string>? identities, string? validator, long goneAt = long.MaxValue) =>
        fingerprint == default && identities is null && validator is null && goneAt == long.MaxValue
            ? null
            : new() { Fingerprint = fingerprint, Identities = identities, Validator = validator, GoneAt = goneAt };
}
