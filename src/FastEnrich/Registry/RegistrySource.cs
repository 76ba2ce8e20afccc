namespace FastEnrich.Registry;

/// <summary>What describes a plugin.</summary>
public enum RegistrySource
{
    /// <summary>Its descriptor, compiled in or registered by code.</summary>
    Code,

    /// <summary>A <c>plugin.json</c> in the plugin folder.</summary>
    Folder,
}
