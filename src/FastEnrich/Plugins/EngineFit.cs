using FastEnrich.Configuration;
using FastEnrich.Registry;

namespace FastEnrich.Plugins;

/// <summary>Refuses plugins that were not made for this engine.</summary>
internal static class EngineFit
{
    private static readonly SemanticVersion s_engine = SemanticVersion.TryParse(EngineVersion.Value, out var version) ? version : default;

    /// <exception cref="PluginException">This engine is not in the plugin's range; a bound that is no version is in nobody's.</exception>
    public static void ThrowIfMisfit(PluginDescriptor descriptor)
    {
        var (from, to) = (descriptor.Metadata.MinEngineVersion, descriptor.Metadata.MaxEngineVersion);
        if ((from is null || (SemanticVersion.TryParse(from, out var min) && s_engine >= min)) && (to is null || (SemanticVersion.TryParse(to, out var max) && s_engine <= max)))
        {
            return;
        }

        var range = (from, to) switch
        {
            ({ } least, null) => $"from {ConfigErrors.Shorten(least)} on",
            (null, { } most) => $"up to {ConfigErrors.Shorten(most)}",
            _ => $"from {ConfigErrors.Shorten(from)} to {ConfigErrors.Shorten(to)}",
        };
        throw new PluginException(descriptor.Name, "create", $"The plugin '{descriptor.Name}' runs in engines {range}; this one is {s_engine}.", PluginErrorCode.InvalidConfig);
    }
}
