namespace FastEnrich.Processes;

/// <summary>What a child says of itself, and whether that is what the configuration says.</summary>
internal sealed record Handshake
{
    public required long Protocol { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public long BatchSize { get; init; } = 1;

    /// <summary>Gets the identities that users are looked up by; an optional one ends in <c>?</c>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Says where the child and the configuration differ; <see langword="null"/> when they agree.</summary>
    public string? FindMismatch(string plugin, ProcessOptions options)
    {
        if (Protocol != ProcessLimits.Protocol)
        {
            return $"The process speaks protocol {Protocol}, this engine speaks {ProcessLimits.Protocol}.";
        }

        if (Name != plugin)
        {
            return "The process is a plugin of another name than its section.";
        }

        if (options.Version is { } version && Version != version)
        {
            return $"The process is version {Version}, the configuration says {version}.";
        }

        if (BatchSize < options.BatchSize)
        {
            return $"The process takes {BatchSize} users with one call, batch_size is {options.BatchSize}.";
        }

        return Difference("needs", [.. options.Needs.Select(static need => need.Optional ? $"{need.Name}?" : need.Name)], Needs)
            ?? Difference("provides", options.Provides, Provides)
            ?? (options.Capabilities is { } capabilities ? Difference("capabilities", capabilities, Capabilities) : null);
    }

    private static string? Difference(string key, IReadOnlyList<string> configured, IReadOnlyList<string> told)
    {
        var missing = told.Except(configured, StringComparer.Ordinal).ToArray();
        var extra = configured.Except(told, StringComparer.Ordinal).ToArray();
        return missing.Length > 0 ? $"The process says that its {key} hold {string.Join(", ", missing)}, the configuration does not."
            : extra.Length > 0 ? $"The configuration says that {key} hold {string.Join(", ", extra)}, the process does not."
            : null;
    }
}
