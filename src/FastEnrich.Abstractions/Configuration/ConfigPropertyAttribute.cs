namespace FastEnrich;

/// <summary>Describes and constrains one property of a plugin's options; the generator derives the schema and the binder from it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigPropertyAttribute : Attribute
{
    /// <summary>Gets or sets the key in configuration.</summary>
    /// <value>The default is the property's name in snake_case.</value>
    public string? Name { get; set; }

    /// <summary>Gets or sets one sentence that says what the property does.</summary>
    public string Description { get; set; } = "";

    /// <summary>Gets or sets a regular expression that the whole text must match somewhere.</summary>
    public string? Pattern { get; set; }

    /// <summary>Gets or sets the smallest allowed number, duration in seconds or size in bytes.</summary>
    /// <value>The default, not a number, means no limit.</value>
    public double Minimum { get; set; } = double.NaN;

    /// <summary>Gets or sets the largest allowed number, duration in seconds or size in bytes.</summary>
    /// <value>The default, not a number, means no limit.</value>
    public double Maximum { get; set; } = double.NaN;

    /// <summary>Gets or sets whether a whole number is a size in bytes, which configuration may write as <c>64KiB</c> or <c>512MiB</c> too.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ByteSize { get; set; }

    /// <summary>Gets or sets the allowed texts.</summary>
    public string[]? Enum { get; set; }

    /// <summary>Gets or sets whether the value is a secret: never printed, and settable by the short environment name.</summary>
    public bool Sensitive { get; set; }
}
