using Microsoft.Extensions.Logging;

namespace FastEnrich.Registry;

/// <summary>What a registry is made from. Read once, when it is made.</summary>
public sealed class PluginRegistryOptions
{
    /// <summary>Gets or sets the folder whose sub-folders hold a <c>plugin.json</c> each.</summary>
    /// <value>It need not exist yet. <see langword="null"/>, the default, for none.</value>
    public string? Directory { get; set; }

    /// <summary>Gets or sets the file that usage and reviews are kept in.</summary>
    /// <value><see langword="null"/>, the default, for <c>.registry.json</c> in <see cref="Directory"/>; without that nothing is kept. Its folder is never made.</value>
    public string? File { get; set; }

    /// <summary>Gets or sets whether the file is only read.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool ReadOnly { get; set; }

    /// <summary>Gets or sets the engine's version that manifests are held against.</summary>
    /// <value>The default is this engine's.</value>
    public SemanticVersion Engine { get; set; } = SemanticVersion.Parse(EngineVersion.Value);

    /// <summary>Gets or sets how long the folder must be quiet after a change before it is read.</summary>
    /// <value>
    /// More than zero, up to 10 seconds. The default is 250 ms: what an editor or a copy writes in several steps is read once.
    /// A folder that is never quiet is read after ten times as long.
    /// </value>
    public TimeSpan Debounce { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how often the folder is looked at although no change was reported.</summary>
    /// <value>From 100 ms to 1 day. The default is 5 seconds: events get lost, and file systems over a network have none.</value>
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how often usage and reviews are written at most, and what other processes wrote is read.</summary>
    /// <value>From 100 ms to 1 day. The default is 10 seconds: so much is lost at most when the process is killed.</value>
    public TimeSpan SaveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where loggers come from.</summary>
    /// <value><see langword="null"/>, the default, for no logs.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    internal void ThrowIfInvalid()
    {
        ThrowIfOutside(Debounce, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10), nameof(Debounce));
        ThrowIfOutside(RescanInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), nameof(RescanInterval));
        ThrowIfOutside(SaveInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1), nameof(SaveInterval));
    }

    private static void ThrowIfOutside(TimeSpan value, TimeSpan min, TimeSpan max, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, min, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, max, name);
    }
}
