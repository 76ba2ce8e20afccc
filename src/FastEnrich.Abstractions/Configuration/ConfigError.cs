namespace FastEnrich;

/// <summary>One mistake in a configuration.</summary>
/// <param name="Path">The key's path with colons, as in <c>plugins:hubspot:config:timeout</c>.</param>
/// <param name="Found">What stands there; <c>***</c> for a sensitive property; <see langword="null"/> when nothing stands there or it must not be shown.</param>
/// <param name="Expected">What is allowed there, as a phrase that completes "expected".</param>
public sealed record ConfigError(string Path, string? Found, string Expected)
{
    /// <summary>Gets the file and line, <c>fastenrich.yaml:12:7</c>, when the source of the configuration knows it.</summary>
    public string? Location { get; init; }

    /// <summary>Returns one line: location, path, what was found and what was expected.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var where = Location is null ? Path : $"{Location}: {Path}";
        return Found is null ? $"{where}: expected {Expected}" : $"{where}: found '{Found}', expected {Expected}";
    }
}
