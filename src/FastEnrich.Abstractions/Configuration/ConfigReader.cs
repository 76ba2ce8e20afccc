using System.ComponentModel;
using Microsoft.Extensions.Configuration;

namespace FastEnrich;

/// <summary>Reads one section of configuration and collects every mistake in it. Used by generated binders; not thread-safe.</summary>
public sealed class ConfigReader
{
    private readonly List<string> _known = [];
    private readonly Dictionary<string, IConfigurationSection> _children = new(StringComparer.Ordinal);
    private readonly bool _sensitive;

    /// <summary>Initializes a reader.</summary>
    /// <param name="section">The section that holds the options.</param>
    /// <param name="errors">Where mistakes are collected.</param>
    public ConfigReader(IConfigurationSection section, ICollection<ConfigError> errors)
        : this(section, errors, sensitive: false)
    {
    }

    private ConfigReader(IConfigurationSection section, ICollection<ConfigError> errors, bool sensitive)
    {
        ArgumentNullException.ThrowIfNull(section);
        ArgumentNullException.ThrowIfNull(errors);
        Section = section;
        Errors = errors;
        _sensitive = sensitive;
        foreach (var child in section.GetChildren())
        {
            if (!_children.TryAdd(Normalize(child.Key), child))
            {
                var first = _children[Normalize(child.Key)].Key;
                errors.Add(new ConfigError(child.Path, null, $"one spelling of the key, which is also written as '{first}'"));
            }
        }
    }

    /// <summary>Gets the section.</summary>
    public IConfigurationSection Section { get; }

    /// <summary>Gets the mistakes found so far.</summary>
    public ICollection<ConfigError> Errors { get; }

    /// <summary>Finds a property's place, ignoring case, <c>-</c> and <c>_</c> in its key; reports a required one that is missing.</summary>
    /// <param name="rule">The property's rule.</param>
    /// <returns>The place, or <see langword="null"/> when nothing stands there.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IConfigurationSection? Find(ConfigRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _known.Add(rule.Key);
        if (_children.Remove(Normalize(rule.Key), out var child) && (child.Value is not null || child.GetChildren().Any()))
        {
            return child;
        }

        if (rule.Required)
        {
            Errors.Add(new ConfigError(child?.Path ?? $"{Section.Path}:{rule.Key}", null, "a value, which is required"));
        }

        return null;
    }

    /// <summary>Reports what stands in the section and was never asked for. Call it last.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Finish()
    {
        if (_children.Count == 0 && !string.IsNullOrEmpty(Section.Value) && !Section.GetChildren().Any())
        {
            Errors.Add(new ConfigError(Section.Path, null, "a mapping"));
        }

        foreach (var child in _children.Values)
        {
            var expected = _known.Count == 0 ? "no key here" : $"a known key: {string.Join(", ", _known)}";
            Errors.Add(new ConfigError(child.Path, null, expected)); // never the value: a misspelt secret is an unknown key
        }
    }

    /// <summary>Makes a reader for a nested section; what is inside a sensitive property is sensitive.</summary>
    /// <param name="section">The nested section.</param>
    /// <param name="rule">The rule of the property that holds it.</param>
    /// <returns>The reader; it reports to the same place.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ConfigReader Into(IConfigurationSection section, ConfigRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new ConfigReader(section, Errors, _sensitive || rule.Sensitive);
    }

    internal void Refuse(IConfigurationSection at, ConfigRule rule, string expected)
    {
        var found = at.Value is not null && (_sensitive || rule.Sensitive) ? "***" : Shorten(at.Value);
        Errors.Add(new ConfigError(at.Path, found, expected));
    }

    private static string Normalize(string key) =>
        key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string? Shorten(string? text) => text is { Length: > 80 } ? string.Concat(text.AsSpan(0, 80), "...") : text;
}
