namespace FastEnrich.Registry;

/// <summary>Where a plugin stands in its life. On the wire in lower case.</summary>
public enum RegistryState
{
    /// <summary>Known; nothing has enabled or disabled it.</summary>
    Installed,

    /// <summary>It runs.</summary>
    Enabled,

    /// <summary>It was switched off, by the configuration or by a call.</summary>
    Disabled,

    /// <summary>It cannot run: its manifest cannot be used, or does not fit this engine or the other plugins.</summary>
    Error,

    /// <summary>Its program is being replaced. Only plugins in processes of their own.</summary>
    Updating,

    /// <summary>It is gone; usage and reviews are kept. Only plugins that a folder describes.</summary>
    Uninstalled,
}
