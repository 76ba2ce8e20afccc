using FastEnrich.Configuration;
using FastEnrich.Plugins;
using FastEnrich.Processes;
using FastEnrich.Registry;

namespace FastEnrich;

/// <content>Plugins that the configuration alone knows, processes and named types: they come, change and go with it.</content>
public sealed partial class PluginManager
{
    /// <summary>Returns those that the options know, by name; none may have the name of a plugin that code has registered.</summary>
    private Dictionary<string, PluginDescriptor> DeclaredOf(FastEnrichOptions options)
    {
        var declared = options.Catalog.Values.Where(DeclaredPlugins.IsDeclared).ToDictionary(static descriptor => descriptor.Name, StringComparer.Ordinal);
        ConfigError[] errors =
        [
            .. declared.Values.Where(descriptor => _options.FindPlugin(descriptor.Name) is { } holder && !DeclaredPlugins.IsDeclared(holder))
                .Select(static descriptor => new ConfigError(
                    $"plugins:{descriptor.Name}:{(IsProcess(descriptor) ? "process" : "type")}",
                    null,
                    $"nothing here: '{descriptor.Name}' is a plugin of this program, a process needs another name")),
        ];
        return errors.Length == 0 ? declared : throw new FastEnrichConfigurationException(errors);
    }

    private static bool IsProcess(PluginDescriptor descriptor) => ProcessSection.IsProcess(descriptor);

    private static bool IsGone(PluginDescriptor descriptor, IReadOnlyDictionary<string, PluginDescriptor> declared) =>
        DeclaredPlugins.IsDeclared(descriptor) && !declared.ContainsKey(descriptor.Name);

    private void BeginUpdates(ReloadPlan plan) => Change(plan, RegistryChange.BeginUpdate);

    private void EndUpdates(ReloadPlan plan) => Change(plan, RegistryChange.EndUpdate);

    private void Change(ReloadPlan plan, RegistryChange change)
    {
        foreach (var replacement in plan.Replacements.Where(static replacement => IsProcess(replacement.Old.Descriptor)))
        {
            Registry.TryChange(replacement.Old.Name, change);
        }
    }

    /// <summary>Knows them as an accepted configuration describes them, and those no more that it does not name.</summary>
    private void TakeDeclared(ReloadPlan plan)
    {
        foreach (var descriptor in plan.Declared.Values.Where(descriptor => !plan.HasFailed(descriptor.Name)))
        {
            _options.Declare(descriptor);
        }

        foreach (var descriptor in _options.Catalog.Values.Where(descriptor => IsGone(descriptor, plan.Declared)))
        {
            _kept.Remove(descriptor.Name);
            _options.Forget(descriptor.Name);
            Registry.Withdraw(descriptor);
        }
    }
}
