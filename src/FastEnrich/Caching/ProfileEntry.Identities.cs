using FastEnrich.Plugins;

namespace FastEnrich.Caching;

internal sealed partial class ProfileEntry
{
    /// <summary>
    /// Says whether, for every plugin, these identities lead to the same lookup as what is known of the user already.
    /// </summary>
    public bool Agrees(IReadOnlyDictionary<string, string> identities, PluginTable table, ulong closure)
    {
        lock (this)
        {
            return Affected(identities, table, closure) == 0;
        }
    }

    /// <summary>The plugins, directly or through the identities of others, whose lookup these identities would change.</summary>
    public ulong AffectedBy(IReadOnlyDictionary<string, string> identities, PluginTable table, ulong closure)
    {
        lock (this)
        {
            return Affected(identities, table, closure);
        }
    }

    private ulong Affected(IReadOnlyDictionary<string, string> identities, PluginTable table, ulong closure)
    {
        var affected = 0UL;
        foreach (var plugin in table.Topological)
        {
            var bit = 1UL << plugin.Ordinal;
            if ((closure & bit) == 0)
            {
                continue;
            }

            if ((table.Dependencies(plugin.Ordinal) & affected) != 0)
            {
                affected |= bit;
                continue;
            }

            foreach (var need in plugin.Needs)
            {
                if (identities.TryGetValue(need.Name, out var value) && !string.Equals(value, Known(need.Name, plugin, table), StringComparison.Ordinal))
                {
                    affected |= bit;
                }
            }
        }

        return affected;
    }

    /// <summary>Takes over what a trusted caller says, unless a fetch by another identity is in flight.</summary>
    private bool TryAdopt(IReadOnlyDictionary<string, string> identities, PluginTable table, long now)
    {
        var affected = Affected(identities, table, table.All);
        if (affected == 0)
        {
            return true;
        }

        if ((affected & _claimed) != 0)
        {
            return false;
        }

        var adopted = new Dictionary<string, string>(Identities, StringComparer.Ordinal);
        foreach (var (name, value) in identities)
        {
            adopted[name] = value;
        }

        Identities = adopted.Count <= UserIdentities.MaxCount ? adopted : identities;
        Invalidate();
        return true;
    }

    /// <summary>What the user is looked up by for a plugin whose providers have settled.</summary>
    private Resolved Resolve(RunningPlugin plugin, PluginTable table)
    {
        foreach (var name in plugin.Descriptor.DependsOn)
        {
            if (table.Find(name) is { } other && HeldAnswer(other) is not { Kind: SlotKind.Found })
            {
                return new(true, default, null);
            }
        }

        if (plugin.Needs.Length == 0)
        {
            return default;
        }

        Dictionary<string, string>? found = null;
        Span<KeyValuePair<string, string>> pairs = new KeyValuePair<string, string>[plugin.Needs.Length];
        var count = 0;
        foreach (var need in plugin.Needs)
        {
            if (Known(need.Name, plugin, table) is { } value)
            {
                (found ??= new(StringComparer.Ordinal)).Add(need.Name, value);
                pairs[count++] = new(need.Name, value);
            }
            else if (!need.Optional)
            {
                return new(true, default, null);
            }
        }

        return new(false, Fingerprint.Of(pairs[..count]), found);
    }

    private string? Known(string name, RunningPlugin asking, PluginTable table)
    {
        if (Identities.TryGetValue(name, out var value))
        {
            return value;
        }

        foreach (var provider in table.Order)
        {
            if (provider != asking && HeldAnswer(provider)?.Identities is { } identities && identities.TryGetValue(name, out value))
            {
                return value;
            }
        }

        return null;
    }

    private SlotValue? HeldAnswer(RunningPlugin plugin) =>
        plugin.Ordinal < _slots.Length && _slots[plugin.Ordinal]?.Held?.Answer is { } answer && answer.Generation == plugin.Generation ? answer : null;

    private readonly record struct Resolved(bool CannotRun, Fingerprint Fingerprint, IReadOnlyDictionary<string, string>? Identities);
}
