namespace FastEnrich.Registry;

/// <summary>Which change leads from which state to which. Pure.</summary>
internal static class RegistryTransitions
{
    /// <summary>Returns the next state; null where the change makes no sense.</summary>
    public static RegistryState? Next(RegistryState state, RegistryChange change) => (state, change) switch
    {
        (RegistryState.Installed or RegistryState.Disabled, RegistryChange.Enable) => RegistryState.Enabled,
        (RegistryState.Installed or RegistryState.Enabled, RegistryChange.Disable) => RegistryState.Disabled,
        (RegistryState.Installed or RegistryState.Enabled or RegistryState.Disabled or RegistryState.Updating, RegistryChange.Fail) => RegistryState.Error,
        (RegistryState.Error, RegistryChange.Recover) => RegistryState.Installed, // who runs it says Enable next
        (RegistryState.Installed or RegistryState.Enabled or RegistryState.Disabled or RegistryState.Error, RegistryChange.BeginUpdate) => RegistryState.Updating,
        (RegistryState.Updating, RegistryChange.EndUpdate) => RegistryState.Installed,
        (not RegistryState.Uninstalled, RegistryChange.Uninstall) => RegistryState.Uninstalled,
        (RegistryState.Uninstalled, RegistryChange.Install) => RegistryState.Installed,
        _ => null,
    };
}
