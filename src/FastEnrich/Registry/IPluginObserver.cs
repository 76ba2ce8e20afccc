namespace FastEnrich.Registry;

/// <summary>Whoever runs the plugins, asked when the registry is. Thread-safe, and calls nothing back.</summary>
internal interface IPluginObserver
{
    /// <summary>The known plugins; another instance when one was added.</summary>
    IReadOnlyDictionary<string, PluginDescriptor> Catalog { get; }

    PluginObservation Observe(string name);
}
