using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace FastEnrich;

/// <summary>The known plugins by name, alias, capability and tag. Immutable and thread-safe.</summary>
public sealed class PluginIndex : IReadOnlyDictionary<string, PluginDescriptor>
{
    private readonly FrozenDictionary<string, PluginDescriptor> _names;
    private readonly FrozenDictionary<string, PluginDescriptor> _aliases;
    private readonly FrozenDictionary<string, IReadOnlyList<PluginDescriptor>> _capabilities;
    private readonly FrozenDictionary<string, IReadOnlyList<PluginDescriptor>> _tags;

    private readonly IReadOnlyDictionary<string, PluginDescriptor> _source;

    internal PluginIndex(IReadOnlyDictionary<string, PluginDescriptor> source)
    {
        _source = source;
        var ordered = source.Values.OrderBy(static plugin => plugin.Name, StringComparer.Ordinal).ToArray();
        _names = ordered.ToFrozenDictionary(static plugin => plugin.Name, StringComparer.Ordinal);
        _aliases = ordered
            .SelectMany(static plugin => plugin.Aliases, static (plugin, alias) => (plugin, alias))
            .ToFrozenDictionary(static pair => pair.alias, static pair => pair.plugin, StringComparer.Ordinal);
        _capabilities = Group(ordered, static plugin => plugin.Metadata.Capabilities);
        _tags = Group(ordered, static plugin => plugin.Metadata.Tags ?? []);
    }

    /// <summary>Gets the number of plugins.</summary>
    public int Count => _names.Count;

    /// <summary>Gets the plugins' names; aliases are none.</summary>
    public IEnumerable<string> Keys => _names.Keys;

    /// <summary>Gets the plugins.</summary>
    public IEnumerable<PluginDescriptor> Values => _names.Values;

    /// <summary>Gets a plugin by its name.</summary>
    /// <param name="key">The name.</param>
    /// <exception cref="KeyNotFoundException">No plugin has that name.</exception>
    public PluginDescriptor this[string key] => _names[key];

    /// <summary>Finds a plugin by its name or one of its aliases.</summary>
    /// <param name="name">The name or alias, compared ordinally.</param>
    /// <returns>The plugin, or <see langword="null"/> when none is called that.</returns>
    public PluginDescriptor? Find(string name) => _names.GetValueOrDefault(name) ?? _aliases.GetValueOrDefault(name);

    /// <summary>Returns the plugins that can deliver something, by name in ordinal order.</summary>
    /// <param name="capability">The capability, such as <c>purchase_history</c>, ignoring case.</param>
    /// <returns>The plugins; none when nobody can.</returns>
    public IReadOnlyList<PluginDescriptor> WithCapability(string capability) => _capabilities.GetValueOrDefault(capability) ?? [];

    /// <summary>Returns the plugins with a tag, by name in ordinal order.</summary>
    /// <param name="tag">The tag, such as <c>crm</c>, ignoring case.</param>
    /// <returns>The plugins; none when no one has it.</returns>
    public IReadOnlyList<PluginDescriptor> WithTag(string tag) => _tags.GetValueOrDefault(tag) ?? [];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _names.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PluginDescriptor value) => _names.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, PluginDescriptor>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, PluginDescriptor>>)_names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether it was made from that dictionary, which nobody changes.</summary>
    internal bool IsOf(IReadOnlyDictionary<string, PluginDescriptor> source) => ReferenceEquals(_source, source);

    private static FrozenDictionary<string, IReadOnlyList<PluginDescriptor>> Group(
        PluginDescriptor[] descriptors, Func<PluginDescriptor, IReadOnlyList<string>> words) => descriptors
        .SelectMany(words, static (plugin, word) => (plugin, word))
        .GroupBy(static pair => pair.word, static pair => pair.plugin, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(static group => group.Key, static group => (IReadOnlyList<PluginDescriptor>)[.. group.Distinct()], StringComparer.OrdinalIgnoreCase);
}
