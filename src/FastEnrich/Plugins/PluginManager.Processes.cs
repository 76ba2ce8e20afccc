using FastEnrich.Plugins;
using FastEnrich.Processes;
using FastEnrich.Registry;

namespace FastEnrich;

/// <content>Plugins that run as processes: the configuration alone knows them, so they come, change and go with it.</content>
public sealed partial class PluginManager
{
    /// <summary>Returns the processes that the options know, by name; none may have the name of a plugin of another kind.</summary>
    private Dictionary<string, PluginDescriptor> ProcessesOf(FastEnrichOptions options)
    {
        var processes = options.Catalog.Values.Where(IsProcess).ToDictionary(static descriptor => descriptor.Name, StringComparer.Ordinal);
        ConfigError[] errors =
        [
            .. processes.Keys.Where(name => _options.FindPlugin(name) is { } holder && !IsProcess(holder))
                .Select(static name => new ConfigError($"plugins:{name}:process", null, $"nothing here: '{name}' is a plugin of this program, a process needs another name")),
        ];
        return errors.Length == 0 ? processes : throw new FastEnrichConfigurationException(errors);
    }

    private static bool IsProcess(PluginDescriptor descriptor) => ProcessSection.IsProcess(descriptor);

    private static bool IsGone(PluginDescriptor descriptor, IReadOnlyDictionary<string, PluginDescriptor> processes) =>
        IsProcess(descriptor) && !processes.ContainsKey(descriptor.Name);

    private void BeginUpdates(ReloadPlan plan) => Change(plan, RegistryChange.BeginUpdate);

    private void EndUpdates(ReloadPlan plan) => Change(plan, RegistryChange.EndUpdate);

    private void Change(ReloadPlan plan, RegistryChange change)
    {
        foreach (var replacement in plan.Replacements.Where(static replacement => IsProcess(replacement.Old.Descriptor)))
        {
            Registry.TryChange(replacement.Old.Name, change);
        }
    }

    /// <summary>Knows the processes as an accepted configuration describes them, and those no more that it does not name.</summary>
    private void TakeProcesses(ReloadPlan plan)
    {
        foreach (var descriptor in plan.Processes.Values.Where(descriptor => !plan.HasFailed(descriptor.Name)))
        {
            _options.AddPlugin(descriptor);
        }

        foreach (var descriptor in _options.Catalog.Values.Where(descriptor => IsGone(descriptor, plan.Processes)))
        {
            _kept.Remove(descriptor.Name);
            _options.Forget(descriptor.Name);
            Registry.Withdraw(descriptor);
        }
    }
}
