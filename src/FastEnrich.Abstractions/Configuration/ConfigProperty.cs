namespace FastEnrich;

/// <summary>What one property of a plugin's configuration must look like.</summary>
public sealed record ConfigProperty
{
    /// <summary>Gets the property's type.</summary>
    public required ConfigPropertyType Type { get; init; }

    /// <summary>Gets how texts stand for numbers: <c>byte-size</c> for <c>64KiB</c> and <c>512MiB</c>; <see langword="null"/> for plain values.</summary>
    public string? Format { get; init; }

    /// <summary>Gets one sentence that says what the property does.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the default as configuration text; <see langword="null"/> for none, and always for sensitive properties.</summary>
    public string? Default { get; init; }

    /// <summary>Gets the allowed texts; <see langword="null"/> for any.</summary>
    public IReadOnlyList<string>? Enum { get; init => field = Omit.Empty(value); }

    /// <summary>Gets the regular expression that the text must match; <see langword="null"/> for any.</summary>
    public string? Pattern { get; init; }

    /// <summary>Gets the smallest allowed number, duration in seconds or size in bytes.</summary>
    public double? Minimum { get; init; }

    /// <summary>Gets the largest allowed number, duration in seconds or size in bytes.</summary>
    public double? Maximum { get; init; }

    /// <summary>Gets whether the property must be given; derived from <see cref="ConfigSchema.Required"/>.</summary>
    public bool Required { get; init; }

    /// <summary>Gets whether the value is a secret.</summary>
    public bool Sensitive { get; init; }
}
