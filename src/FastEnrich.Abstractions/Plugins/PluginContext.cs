using Microsoft.Extensions.Logging;

namespace FastEnrich;

/// <summary>What the engine gives to a plugin instance. Thread-safe; lives as long as the instance.</summary>
public sealed class PluginContext
{
    /// <summary>Initializes the surroundings of a plugin instance.</summary>
    /// <param name="descriptor">The plugin's descriptor.</param>
    /// <param name="upstream">The client for calls to the upstream; the engine disposes it.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">The logger, of category <c>FastEnrich.Plugins.{name}</c>.</param>
    public PluginContext(PluginDescriptor descriptor, UpstreamClient upstream, TimeProvider timeProvider, ILogger logger)
    {
        Descriptor = descriptor;
        Upstream = upstream;
        TimeProvider = timeProvider;
        Logger = logger;
    }

    /// <summary>Gets the plugin's descriptor.</summary>
    public PluginDescriptor Descriptor { get; }

    /// <summary>Gets the client for calls to the upstream.</summary>
    public UpstreamClient Upstream { get; }

    /// <summary>Gets the clock; use it for every time, so that tests can move it.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Gets the logger. Log no user id, identity or secret.</summary>
    public ILogger Logger { get; }
}
