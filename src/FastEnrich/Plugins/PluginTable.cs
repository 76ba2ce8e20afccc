using System.Collections.Frozen;
using System.Numerics;
using FastEnrich.Caching;

namespace FastEnrich.Plugins;

/// <summary>The plugins of one moment. Immutable: a change at run time swaps the whole table, and a request sees the one before or after.</summary>
internal sealed class PluginTable
{
    /// <summary>Ordinals are bits of a mask, so that a step over all slots is a few instructions.</summary>
    public const int MaxPlugins = 64;

    private readonly RunningPlugin?[] _plugins;
    private readonly ulong[] _dependencies;
    private readonly ulong[] _closures;
    private readonly ulong[][] _providers; // by ordinal, parallel to the plugin's needs
    private readonly FrozenDictionary<string, RunningPlugin> _byName;
    private readonly int[] _generations;

    public PluginTable(IReadOnlyCollection<RunningPlugin> plugins)
    {
        Capacity = plugins.Count == 0 ? 0 : plugins.Max(static plugin => plugin.Ordinal) + 1;
        if (Capacity > MaxPlugins)
        {
            throw new InvalidOperationException($"An engine runs at most {MaxPlugins} plugins.");
        }

        _plugins = new RunningPlugin?[Capacity];
        _generations = new int[Capacity];
        _byName = plugins
            .SelectMany(static plugin => plugin.Descriptor.Aliases.Prepend(plugin.Name), static (plugin, name) => KeyValuePair.Create(name, plugin))
            .ToFrozenDictionary(StringComparer.Ordinal);
        foreach (var plugin in plugins)
        {
            _plugins[plugin.Ordinal] = plugin;
            _generations[plugin.Ordinal] = plugin.Generation;
            All |= 1UL << plugin.Ordinal;
        }

        Order = [.. plugins.OrderByDescending(static plugin => plugin.Priority).ThenBy(static plugin => plugin.Name, StringComparer.Ordinal)];
        _dependencies = new ulong[Capacity];
        _providers = new ulong[Capacity][];
        foreach (var plugin in plugins)
        {
            _providers[plugin.Ordinal] = [.. plugin.Needs.Select(need => ProvidersOf(plugin, need.Name))];
            _dependencies[plugin.Ordinal] = DependenciesOf(plugin);
        }

        Topological = Sort();
        _closures = new ulong[Capacity];
        foreach (var plugin in Topological)
        {
            var closure = 1UL << plugin.Ordinal;
            foreach (var dependency in Each(_dependencies[plugin.Ordinal]))
            {
                closure |= _closures[dependency.Ordinal];
            }

            _closures[plugin.Ordinal] = closure;
        }
    }

    private PluginTable(PluginTable same, Coherence coherence)
    {
        (Capacity, All, Order, Topological) = (same.Capacity, same.All, same.Order, same.Topological);
        (_plugins, _byName) = (same._plugins, same._byName);
        (_dependencies, _closures, _providers) = (same._dependencies, same._closures, same._providers);
        _generations = [.. same._generations];
        foreach (var plugin in Order)
        {
            _generations[plugin.Ordinal] = plugin.Generation;
        }

        Coherence = coherence;
    }

    public static PluginTable Empty { get; } = new([]);

    /// <summary>What vouches for held values while this table is used.</summary>
    public Coherence Coherence { get; } = Coherence.Alone;

    /// <summary>One more than the largest ordinal.</summary>
    public int Capacity { get; }

    public ulong All { get; }

    /// <summary>By priority, higher first, then by name: the order in which results are merged and identities are taken.</summary>
    public RunningPlugin[] Order { get; }

    /// <summary>Each plugin after those it depends on.</summary>
    public RunningPlugin[] Topological { get; }

    public RunningPlugin this[int ordinal] => _plugins[ordinal]!;

    /// <summary>The same plugins at their present generations, under another coherence. A new instance: no ready snapshot belongs to it.</summary>
    public PluginTable Under(Coherence coherence) => new(this, coherence);

    /// <summary>The generation that this table's requests take a plugin's values of.</summary>
    public int GenerationOf(RunningPlugin plugin) => Has(plugin) ? _generations[plugin.Ordinal] : plugin.Generation;

    /// <summary>Whether all that was held of a plugin was dropped after a fetch for it began.</summary>
    public bool IsOutdated(Fetch fetch) => Has(fetch.Plugin) && fetch.Generation < _generations[fetch.Ordinal];

    /// <summary>Returns the plugin of that name or alias.</summary>
    public RunningPlugin? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The plugins that must have settled before this one starts; none for one that is not in the table any more.</summary>
    public ulong Dependencies(RunningPlugin plugin) => Has(plugin) ? _dependencies[plugin.Ordinal] : 0;

    /// <summary>The plugins that provide the n-th of a plugin's needs.</summary>
    public ulong Providers(RunningPlugin plugin, int need) => Has(plugin) ? _providers[plugin.Ordinal][need] : 0;

    /// <summary>The skipped plugins that wait for a failed one, directly or through others.</summary>
    public ulong Blocked(ulong failed, ulong skipped)
    {
        var blocked = 0UL;
        if ((failed & All) != 0 && skipped != 0)
        {
            foreach (var plugin in Topological)
            {
                var bit = 1UL << plugin.Ordinal;
                blocked |= (skipped & bit) != 0 && (_dependencies[plugin.Ordinal] & (failed | blocked)) != 0 ? bit : 0;
            }
        }

        return blocked;
    }

    /// <summary>
    /// Whether these plugins of an earlier table are later instances or generations here. One that differs in its coherence alone stays in use for whom it was
    /// chosen: a change of the connection takes nothing from callers that wait.
    /// </summary>
    public bool Replaces(PluginTable earlier, ulong plugins)
    {
        if (ReferenceEquals(earlier.Order, Order) && earlier._generations.AsSpan().SequenceEqual(_generations))
        {
            return false;
        }

        foreach (var plugin in earlier.Order)
        {
            if ((plugins & (1UL << plugin.Ordinal)) != 0 && (Find(plugin.Name) is not { } now || now.Ordinal != plugin.Ordinal || GenerationOf(now) < earlier.GenerationOf(plugin)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The plugins that must run so that the asked ones can.</summary>
    public ulong Closure(ulong asked)
    {
        if (asked == All)
        {
            return All;
        }

        var closure = 0UL;
        for (var rest = asked; rest != 0; rest &= rest - 1)
        {
            closure |= _closures[BitOperations.TrailingZeroCount(rest)];
        }

        return closure;
    }

    public ulong Mask(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return All;
        }

        var mask = 0UL;
        foreach (var name in names)
        {
            mask |= 1UL << (Find(name) ?? throw new ArgumentException("A plugin of that name is not enabled.", nameof(names))).Ordinal;
        }

        return mask;
    }

    private IEnumerable<RunningPlugin> Each(ulong mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            yield return this[BitOperations.TrailingZeroCount(mask)];
        }
    }

    private bool Has(RunningPlugin plugin) => plugin.Ordinal < Capacity && ReferenceEquals(_plugins[plugin.Ordinal], plugin);

    private ulong ProvidersOf(RunningPlugin plugin, string identity)
    {
        var mask = 0UL;
        foreach (var other in Order)
        {
            mask |= other != plugin && other.Provides.Contains(identity) ? 1UL << other.Ordinal : 0;
        }

        return mask;
    }

    private ulong DependenciesOf(RunningPlugin plugin)
    {
        var mask = _providers[plugin.Ordinal].Aggregate(0UL, static (all, providers) => all | providers);
        foreach (var name in plugin.Descriptor.DependsOn)
        {
            mask |= Find(name) is { } other && other != plugin ? 1UL << other.Ordinal : 0;
        }

        return mask;
    }

    private RunningPlugin[] Sort()
    {
        var sorted = new List<RunningPlugin>(Order.Length);
        var placed = 0UL;
        while (sorted.Count < Order.Length)
        {
            var before = sorted.Count;
            foreach (var plugin in Order)
            {
                var bit = 1UL << plugin.Ordinal;
                if ((placed & bit) == 0 && (_dependencies[plugin.Ordinal] & ~placed) == 0)
                {
                    sorted.Add(plugin);
                    placed |= bit;
                }
            }

            if (sorted.Count == before)
            {
                var names = string.Join(", ", Order.Where(plugin => (placed & (1UL << plugin.Ordinal)) == 0).Select(static plugin => plugin.Name));
                throw new PluginException(names, "register", $"The plugins {names} wait for each other's identities.", PluginErrorCode.InvalidConfig);
            }
        }

        return [.. sorted];
    }
}
