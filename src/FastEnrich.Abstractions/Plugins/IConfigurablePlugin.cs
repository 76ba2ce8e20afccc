namespace FastEnrich;

/// <summary>A plugin that is made first and gets its surroundings and options when it is registered as an instance.</summary>
public interface IConfigurablePlugin : IEnrichmentPlugin
{
    /// <summary>Takes the options. Called once, before <see cref="IEnrichmentPlugin.ConnectAsync"/>.</summary>
    /// <param name="activation">The surroundings, the options that the binder of the plugin's type has read and checked, and the host's services.</param>
    void Configure(PluginActivation activation);
}
