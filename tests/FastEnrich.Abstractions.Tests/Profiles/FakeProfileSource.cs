namespace FastEnrich.Profiles;

/// <summary>Serves a profile made by hand as the engine serves its own: from bytes.</summary>
internal sealed class FakeProfileSource(EnrichedProfile profile) : ProfileSource
{
    private readonly (string Plugin, byte[] Json)[] _slots = [.. profile.Enrichments.Select(slot => (slot.Key, EnrichmentJson.Encode(slot.Value)))];

    public int Merges { get; private set; }

    public override int Count => _slots.Length;

    public static EnrichedProfile Serve(EnrichedProfile profile) => new(new FakeProfileSource(profile))
    {
        UserId = profile.UserId,
        OverallConfidence = profile.OverallConfidence,
        SuccessCount = profile.SuccessCount,
        ErrorCount = profile.ErrorCount,
        Complete = profile.Complete,
        Timestamp = profile.Timestamp,
    };

    public override string PluginAt(int index) => _slots[index].Plugin;

    public override ReadOnlyMemory<byte> JsonAt(int index) => _slots[index].Json;

    public override UserEnrichment EnrichmentAt(int index) => EnrichmentJson.Decode(_slots[index].Json);

    public override UserEnrichment Merge()
    {
        Merges++;
        return profile.Merged;
    }

    public override IReadOnlyDictionary<string, PluginResultStatus> Status() => profile.Status;

    public override IReadOnlyDictionary<string, ProfileError> Errors() => profile.Errors;
}
