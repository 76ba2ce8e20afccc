namespace FastEnrich.Registry;

/// <summary>What happens to a plugin in its life.</summary>
public enum RegistryChange
{
    /// <summary>It became known, or came back.</summary>
    Install,

    /// <summary>It was switched on.</summary>
    Enable,

    /// <summary>It was switched off.</summary>
    Disable,

    /// <summary>It turned out to be unusable.</summary>
    Fail,

    /// <summary>What made it unusable is gone.</summary>
    Recover,

    /// <summary>Its program begins to be replaced.</summary>
    BeginUpdate,

    /// <summary>Its program has been replaced.</summary>
    EndUpdate,

    /// <summary>It was taken away.</summary>
    Uninstall,
}
