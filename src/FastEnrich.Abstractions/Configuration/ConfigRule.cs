using System.ComponentModel;
using System.Text.RegularExpressions;

namespace FastEnrich;

/// <summary>What a generated binder checks one property against. Thread-safe.</summary>
/// <param name="key">The property's key in configuration.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConfigRule(string key)
{
    private static readonly TimeSpan s_patternLimit = TimeSpan.FromMilliseconds(250); // for patterns that need backtracking: an answer or a refusal, never a hang
    private Regex? _regex;

    /// <summary>Gets the property's key in configuration.</summary>
    public string Key { get; } = key;

    /// <summary>Gets whether the property must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Gets whether the value is a secret.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Gets the smallest allowed number, duration in seconds or size in bytes.</summary>
    /// <value>The default, not a number, means no limit.</value>
    public double Minimum { get; init; } = double.NaN;

    /// <summary>Gets the largest allowed number, duration in seconds or size in bytes.</summary>
    /// <value>The default, not a number, means no limit.</value>
    public double Maximum { get; init; } = double.NaN;

    /// <summary>Gets the allowed texts; <see langword="null"/> for any.</summary>
    public string[]? Enum { get; init; }

    /// <summary>Gets the regular expression that the text must match; <see langword="null"/> for any.</summary>
    public string? Pattern { get; init; }

    internal bool Matches(string text)
    {
        if (Pattern is null)
        {
            return true;
        }

        try
        {
            return (_regex ??= Create(Pattern)).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Create(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant); // linear: a limit would only refuse good values on a busy machine
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, s_patternLimit);
        }
    }
}
