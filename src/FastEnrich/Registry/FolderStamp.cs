namespace FastEnrich.Registry;

/// <summary>What tells without reading that a plugin's folder is as it was: links, times and lengths.</summary>
internal readonly record struct FolderStamp(string? FolderLink, string? ManifestLink, DateTime WrittenAt, long Length, (int Count, long Length, DateTime WrittenAt) Files);
