namespace FastEnrich;

/// <summary>What a profile is decoded from on first use. Implemented by the engine over the bytes of its slots.</summary>
internal abstract class ProfileSource
{
    /// <summary>The number of plugins with a servable result.</summary>
    public abstract int Count { get; }

    public abstract string PluginAt(int index);

    /// <summary>The UTF-8 JSON of one plugin's <see cref="UserEnrichment"/>.</summary>
    public abstract ReadOnlyMemory<byte> JsonAt(int index);

    public abstract UserEnrichment EnrichmentAt(int index);

    public abstract UserEnrichment Merge();

    public abstract IReadOnlyDictionary<string, PluginResultStatus> Status();

    public abstract IReadOnlyDictionary<string, ProfileError> Errors();
}
