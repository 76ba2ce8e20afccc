namespace FastEnrich.Registry;

/// <summary>What is kept of one plugin over restarts; or, on the way to the file, what is to be added to it.</summary>
internal sealed record StoredPlugin
{
    /// <summary>Calls; on the way to the file those that it does not hold yet.</summary>
    public long Usage { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    public DateTimeOffset? InstalledAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The version that <see cref="UpdatedAt"/> belongs to.</summary>
    public string Version { get; init; } = "";

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PluginReview> Reviews { get; init; } = [];
}
