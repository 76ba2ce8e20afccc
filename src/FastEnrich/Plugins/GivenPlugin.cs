namespace FastEnrich.Plugins;

/// <summary>An instance that was made elsewhere: it runs once, and is the caller's until it does.</summary>
internal sealed class GivenPlugin(IEnrichmentPlugin plugin)
{
    private IEnrichmentPlugin? _plugin = plugin;
    private bool _isOfNewKind;

    /// <summary>Returns the description of the known plugin of this type, or one of its own, with a factory that hands the instance out once.</summary>
    /// <exception cref="ArgumentException">The type has no name, or the name is another type's.</exception>
    public PluginDescriptor Describe(FastEnrichOptions options, string? name)
    {
        var type = _plugin!.GetType();
        var known = options.Catalog.Values.FirstOrDefault(descriptor => descriptor.PluginType == type && !options.IsGiven(descriptor.Name));
        var called = (name is null ? known?.Name : options.FindPlugin(name)?.Name ?? name)
            ?? throw new ArgumentException($"No known plugin is a {type.Name}; give it a name.", nameof(name));
        if (options.FindPlugin(called) is { } holder && holder.PluginType != type && !options.IsGiven(called))
        {
            throw new ArgumentException($"'{called}' is the name of another plugin, a {holder.PluginType.Name}; choose another one.", nameof(name));
        }

        _isOfNewKind = options.FindPlugin(called) is null || options.IsGiven(called);
        return new PluginDescriptor
        {
            Metadata = known is null ? new PluginMetadata { Name = called } : known.Metadata with { Name = called },
            Aliases = known?.Name == called ? known.Aliases : [],
            PluginType = type,
            OptionsType = known?.OptionsType,
            BindOptions = known?.BindOptions,
            Needs = known?.Needs ?? [],
            Provides = known?.Provides ?? [],
            DependsOn = known?.DependsOn ?? [],
            Create = Take,
        };
    }

    /// <summary>Makes a name known that is no other plugin's.</summary>
    public void AddTo(FastEnrichOptions options, PluginDescriptor descriptor)
    {
        if (_isOfNewKind)
        {
            options.AddGiven(descriptor);
        }
    }

    private IEnrichmentPlugin Take(PluginActivation activation)
    {
        var name = activation.Context.Descriptor.Name;
        var taken = Interlocked.Exchange(ref _plugin, null)
            ?? throw new PluginException(name, "create", $"The plugin '{name}' was given as an instance, which ran once; register another one.", PluginErrorCode.InvalidConfig);
        (taken as IConfigurablePlugin)?.Configure(activation);
        return taken;
    }
}
