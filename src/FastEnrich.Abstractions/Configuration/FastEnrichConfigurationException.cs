namespace FastEnrich;

/// <summary>A configuration was refused; the message lists every mistake in it, one a line.</summary>
/// <param name="errors">The mistakes, in the order of the file.</param>
public sealed class FastEnrichConfigurationException(IReadOnlyList<ConfigError> errors)
    : Exception($"The configuration has {errors.Count} mistake(s):{Environment.NewLine}{string.Join(Environment.NewLine, errors)}")
{
    /// <summary>Gets the mistakes, in the order of the file.</summary>
    public IReadOnlyList<ConfigError> Errors { get; } = errors;
}
