using FastEnrich.Caching;
using FastEnrich.Resilience;

namespace FastEnrich;

/// <content>How the plugins are.</content>
public sealed partial class PluginManager
{
    private static readonly long s_errorMemory = TimeSpan.FromMinutes(5).Ticks;

    /// <summary>Says how every known plugin is, by name.</summary>
    /// <returns>One element for each known plugin, enabled or not.</returns>
    public IReadOnlyList<PluginStatus> ListPlugins() =>
        [.. _options.Catalog.Values.OrderBy(static descriptor => descriptor.Name, StringComparer.Ordinal).Select(StatusOf)];

    /// <summary>Says how one plugin is.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>Its status; <see langword="null"/> when no plugin of that name is known.</returns>
    public PluginStatus? GetPluginStatus(string name) => _options.FindPlugin(name) is { } descriptor ? StatusOf(descriptor) : null;

    /// <summary>Says what is known of one plugin: its description, how it runs, and how it is.</summary>
    /// <param name="name">The plugin's name or alias.</param>
    /// <returns>The plugin; <see langword="null"/> when none of that name is known.</returns>
    public PluginInfo? GetPlugin(string name) => _options.FindPlugin(name) is not { } descriptor ? null : new PluginInfo
    {
        Descriptor = descriptor,
        Status = StatusOf(descriptor),
        Priority = _engine.Plugins.Find(descriptor.Name)?.Settings.Priority,
    };

    private PluginStatus StatusOf(PluginDescriptor descriptor)
    {
        if (_engine.Plugins.Find(descriptor.Name) is not { } plugin)
        {
            return new PluginStatus { Name = descriptor.Name, Metadata = descriptor.Metadata };
        }

        var lane = plugin.Lane;
        var breakerOpen = lane.Breaker != BreakerState.Closed;
        var failedLately = plugin.LastErrorAt != 0 && _engine.Clock.UtcTicks - plugin.LastErrorAt < s_errorMemory;
        return new PluginStatus
        {
            Name = plugin.Name,
            Metadata = descriptor.Metadata,
            Enabled = true,
            Connected = plugin.Connected,
            Healthy = plugin.Connected && !breakerOpen && !failedLately && !lane.AllHang,
            BreakerOpen = breakerOpen,
            Running = plugin.Running,
            Waiting = lane.Waiting,
            Hung = plugin.Hung,
            Blocked = lane.Blocked,
            Replacements = plugin.Replacements,
            Succeeded = plugin.Succeeded,
            Failed = plugin.Failed,
            Requests = plugin.Telemetry.Usage.Upstream.Requests,
            Credits = plugin.Telemetry.Usage.Upstream.Credits,
            Batches = plugin.Telemetry.Usage.Batches,
            BatchedUsers = plugin.Telemetry.Usage.BatchedUsers,
            LastError = plugin.LastError,
            LastErrorAt = ProfileEntry.Time(plugin.LastErrorAt == 0 ? null : plugin.LastErrorAt),
        };
    }
}
