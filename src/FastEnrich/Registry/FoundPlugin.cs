namespace FastEnrich.Registry;

/// <summary>One folder with a manifest.</summary>
/// <param name="Stamp">How it looked.</param>
/// <param name="Reading">What its manifest says; null when it looks as it did before.</param>
internal sealed record FoundPlugin(FolderStamp Stamp, ManifestReading? Reading);
