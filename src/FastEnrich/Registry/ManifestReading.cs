namespace FastEnrich.Registry;

/// <summary>What reading a manifest brought.</summary>
public sealed record ManifestReading
{
    /// <summary>Gets the manifest; <see langword="null"/> when there are errors.</summary>
    public PluginManifest? Manifest { get; init; }

    /// <summary>Gets every mistake that makes the manifest unusable, at most 50.</summary>
    public IReadOnlyList<ManifestProblem> Errors { get; init; } = [];

    /// <summary>Gets what was ignored, at most 50: fields that are not known.</summary>
    public IReadOnlyList<ManifestProblem> Warnings { get; init; } = [];
}
