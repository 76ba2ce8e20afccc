namespace FastEnrich.Plugins;

/// <summary>A running plugin that other settings give a new instance.</summary>
internal sealed class ReloadReplacement(RunningPlugin old, PluginSettings settings)
{
    public RunningPlugin Old { get; } = old;

    public PluginSettings Settings { get; } = settings;

    public RunningPlugin? Fresh { get; set; }
}
