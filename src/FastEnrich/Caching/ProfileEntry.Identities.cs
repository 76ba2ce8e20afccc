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

            if ((table.Dependencies(plugin) & affected) != 0)
            {
                affected |= bit;
                continue;
            }

            for (var i = 0; i < plugin.Needs.Length; i++)
            {
                var name = plugin.Needs[i].Name;
                if (identities.TryGetValue(name, out var value) && !string.Equals(value, Known(name, table.Providers(plugin, i), table), StringComparison.Ordinal))
                {
                    affected |= bit;
                }
            }
        }

        return affected;
    }

    /// <summary>Takes over what a trusted caller says, unless a fetch by another identity is in flight or a caller waits who relies on another one.</summary>
    private bool TryAdopt(IReadOnlyDictionary<string, string> identities, PluginTable table)
    {
        var affected = Affected(identities, table, table.All);
        if (affected == 0)
        {
            return true;
        }

        if ((affected & _claimed) != 0 || AnyWaitsFor(affected))
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

    /// <summary>What the user is looked up by for a plugin, while some slots are waited for.</summary>
    private Resolved Resolve(RunningPlugin plugin, PluginTable table, ulong unsettled)
    {
        if (plugin.Needs.Length == 0 && plugin.Descriptor.DependsOn.Count == 0)
        {
            return new(false, 0, default(Fingerprint), null); // by the user id, as most are
        }

        var awaits = 0UL;
        var cannotRun = false;
        var failed = false;
        foreach (var name in plugin.Descriptor.DependsOn)
        {
            if (table.Find(name) is not { } other)
            {
                cannotRun = true;
            }
            else if ((unsettled & (1UL << other.Ordinal)) is var bit and not 0)
            {
                awaits |= bit;
            }
            else if (HeldAnswer(other, table) is var answer && answer is not { Kind: SlotKind.Found })
            {
                cannotRun = true;
                failed |= answer is null;
            }
        }

        Dictionary<string, string>? found = null;
        var count = 0;
        var pairs = plugin.Needs.Length == 0 ? [] : new KeyValuePair<string, string>[plugin.Needs.Length];
        for (var i = 0; i < plugin.Needs.Length; i++)
        {
            var need = plugin.Needs[i];
            var providers = table.Providers(plugin, i);
            if (!Identities.ContainsKey(need.Name) && (providers & unsettled) is var bits and not 0)
            {
                awaits |= bits;
            }
            else if (Known(need.Name, providers, table) is { } value)
            {
                (found ??= new(StringComparer.Ordinal)).Add(need.Name, value);
                pairs[count++] = new(need.Name, value);
            }
            else if (!need.Optional)
            {
                cannotRun = true;
                failed |= (providers & Unanswered(table)) != 0;
            }
        }

        return awaits != 0 ? new(false, awaits, null, null)
            : cannotRun ? new(true, 0, failed ? null : Fingerprint.Nobody, null)
            : new(false, 0, Fingerprint.Of(pairs.AsSpan(0, count)), found);
    }

    private string? Known(string name, ulong providers, PluginTable table)
    {
        if (Identities.TryGetValue(name, out var value) || providers == 0)
        {
            return value;
        }

        foreach (var provider in table.Order)
        {
            if ((providers & (1UL << provider.Ordinal)) != 0 && HeldAnswer(provider, table)?.Identities is { } identities && identities.TryGetValue(name, out value))
            {
                return value;
            }
        }

        return null;
    }

    private SlotValue? HeldAnswer(RunningPlugin plugin, PluginTable table) =>
        plugin.Ordinal < _slots.Length && _slots[plugin.Ordinal]?.Held?.Answer is { } answer && answer.Generation == table.GenerationOf(plugin) ? answer : null;

    /// <summary>The plugins of which nothing is known: they failed, or have not settled.</summary>
    private ulong Unanswered(PluginTable table)
    {
        var unanswered = 0UL;
        foreach (var plugin in table.Order)
        {
            unanswered |= HeldAnswer(plugin, table) is null ? 1UL << plugin.Ordinal : 0;
        }

        return unanswered;
    }

    /// <param name="CannotRun">A needed identity or dependency is missing.</param>
    /// <param name="Awaits">The slots that have to settle first.</param>
    /// <param name="Fingerprint">What the user is looked up by; <see langword="null"/> while that is not known, which leaves the last one known.</param>
    /// <param name="Identities">The identities behind it.</param>
    private readonly record struct Resolved(bool CannotRun, ulong Awaits, Fingerprint? Fingerprint, IReadOnlyDictionary<string, string>? Identities);
}
