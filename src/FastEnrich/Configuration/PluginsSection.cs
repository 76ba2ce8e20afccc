using FastEnrich.Processes;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Configuration;

/// <summary>Reads section <c>plugins</c>: each plugin's settings, and its own options through its binder.</summary>
internal sealed class PluginsSection(
    IReadOnlyCollection<PluginDescriptor> catalog,
    IReadOnlyDictionary<string, string> environment,
    ConfigVariables variables,
    ConfigErrors errors)
{
    private static readonly string[] s_levels = ["trace", "debug", "information", "warning", "error", "critical", "none"]; // in the order of LogLevel

    /// <summary>Gets the descriptors of the plugins that the section itself makes known: no generator wrote them.</summary>
    public List<PluginDescriptor> Declared { get; } = [];

    public Dictionary<string, PluginSettings> Read(ConfigNode section, ConfigLayer shortForms, int environmentLayer)
    {
        var plugins = new Dictionary<string, PluginSettings>(StringComparer.Ordinal);
        foreach (var node in section.Children)
        {
            var descriptor = catalog.FirstOrDefault(plugin => !DeclaredPlugins.IsDeclared(plugin) && ConfigKey.Same(plugin.Name, node.Key));
            if (descriptor is null && (node.Child("process") ?? node.Child("type")) is not null)
            {
                if (SettingsReader.IsMapping(node, errors))
                {
                    Declare(node, plugins, shortForms, environmentLayer);
                }
            }
            else if (descriptor is null)
            {
                errors.Add(node, null, SettingsReader.Known("plugin", node.Key, [.. catalog.Select(plugin => plugin.Name)]));
            }
            else if (SettingsReader.IsMapping(node, errors))
            {
                plugins[descriptor.Name] = ReadPlugin(node, descriptor, shortForms, environmentLayer);
            }
        }

        return plugins;
    }

    /// <summary>Returns what a plugin's section may hold beside the plugin's own options.</summary>
    public static Schema.SchemaSection Describe()
    {
        var errors = new ConfigErrors();
        var variables = new ConfigVariables(new Dictionary<string, string>(), errors);
        var node = new ConfigNode("plugin", null) { Description = new Schema.SchemaSection() };
        new SettingsReader(node, variables, errors).Flag("enabled", out _);
        ReadSettings(new SettingsReader(node, variables, errors), new PluginSettings(), out _);
        return node.Description;
    }

    /// <summary>Reads a plugin's settings as if it were on, also where it has no section.</summary>
    public DormantPlugin ReadAsEnabled(ConfigNode section, PluginDescriptor descriptor, ConfigLayer shortForms, int environmentLayer)
    {
        var settings = new PluginSettings();
        var node = section.Child(descriptor.Name) ?? section.AddChild(descriptor.Name);
        if (ProcessSection.IsProcess(descriptor))
        {
            return new DormantPlugin(ReadProcess(node, node.Child("process")!, settings), settings);
        }

        ReadBoth(node, descriptor, settings, shortForms, environmentLayer);
        return new DormantPlugin(descriptor, settings);
    }

    /// <summary>Reads a section that makes its plugin known: a process, or the type of another plugin.</summary>
    private void Declare(ConfigNode node, Dictionary<string, PluginSettings> plugins, ConfigLayer shortForms, int environmentLayer)
    {
        DeclaredPlugins.CheckName(node, errors);
        var settings = Begin(node);
        if (node.Child("process") is not { } process)
        {
            if (DeclaredPlugins.TypeOf(node, catalog, errors) is not { } type)
            {
                ReadSettings(node, settings, out _);
                return;
            }

            var instance = type.As(node.Key);
            ReadBoth(node, instance, settings, shortForms, environmentLayer);
            Add(instance);
            return;
        }

        if (node.Child("type") is { } unwanted)
        {
            errors.Add(unwanted, null, "nothing here: a plugin is a process or of another plugin's type");
        }

        Add(ReadProcess(node, process, settings));

        void Add(PluginDescriptor descriptor)
        {
            Declared.Add(descriptor);
            plugins[descriptor.Name] = settings;
        }
    }

    private PluginDescriptor ReadProcess(ConfigNode node, ConfigNode process, PluginSettings settings)
    {
        ReadSettings(node, settings, out _);
        return new ProcessSection(environment, variables, errors).Read(node, process, settings);
    }

    private PluginSettings ReadPlugin(ConfigNode node, PluginDescriptor descriptor, ConfigLayer shortForms, int environmentLayer)
    {
        if (node.Child("process") is { } process)
        {
            errors.Add(process, null, $"nothing here: '{descriptor.Name}' is a plugin of this program, a process needs another name");
        }

        if (node.Child("type") is { } type)
        {
            errors.Add(type, null, $"nothing here: '{descriptor.Name}' is a plugin of this program, one of another plugin's type needs another name");
        }

        var settings = Begin(node);
        ReadBoth(node, descriptor, settings, shortForms, environmentLayer);
        return settings;
    }

    /// <summary>Where "enabled" cannot be read, the plugin counts as off, and only what is surely wrong is reported.</summary>
    private PluginSettings Begin(ConfigNode node)
    {
        var flag = new SettingsReader(node, variables, errors).Flag("enabled", out var isWrong);
        return new PluginSettings { Enabled = !isWrong && flag != false };
    }

    private void ReadBoth(ConfigNode node, PluginDescriptor descriptor, PluginSettings settings, ConfigLayer shortForms, int environmentLayer)
    {
        ReadSettings(node, settings, out var config);
        if (settings.Enabled && (config is not null || node.Child("config") is null))
        {
            ApplyShortForms(config, node, descriptor, shortForms, environmentLayer);
            PluginConfig.Read(node, descriptor, variables, errors, settings);
        }
    }

    private void ReadSettings(ConfigNode node, PluginSettings settings, out ConfigNode? config)
    {
        var reader = new SettingsReader(node, variables, errors) { StructureOnly = !settings.Enabled };
        foreach (var key in DeclaredPlugins.Keys.Where(key => node.Child(key) is not null))
        {
            reader.Know(key); // only where it stands: other plugins have no such key
        }

        ReadSettings(reader, settings, out config);
    }

    private static void ReadSettings(SettingsReader reader, PluginSettings settings, out ConfigNode? config)
    {
        reader.Know("enabled");
        reader.Integer("priority", value => settings.Priority = value, int.MinValue, int.MaxValue);
        reader.Duration("fetch_timeout", value => settings.FetchTimeout = value, OptionRanges.MaxWait, zero: false);
        reader.Duration("cache_ttl", value => settings.CacheTtl = value, OptionRanges.MaxTtl);
        reader.Duration("negative_ttl", value => settings.NegativeTtl = value, OptionRanges.MaxTtl);
        reader.Duration("stale_while_revalidate", value => settings.StaleWhileRevalidate = value, OptionRanges.MaxTtl);
        reader.Duration("stale_if_error", value => settings.StaleIfError = value, OptionRanges.MaxTtl);
        reader.Share("eager_refresh", value => settings.EagerRefresh = value);
        reader.Integer("max_retries", value => settings.MaxRetries = value, 0, OptionRanges.MaxRetries);
        reader.Duration("retry_delay", value => settings.RetryDelay = value, OptionRanges.MaxRetryDelay);
        reader.Integer("max_concurrency", value => settings.MaxConcurrency = value, 1, OptionRanges.MaxConcurrency);
        reader.Integer("queue_capacity", value => settings.QueueCapacity = value, 1, OptionRanges.MaxQueueCapacity);
        reader.PositiveNumber("rate_limit", value => settings.RateLimit = value);
        reader.Duration("batch_window", value => settings.BatchWindow = value, OptionRanges.MaxBatchWindow);
        reader.Word("log_level", s_levels, index => settings.LogLevel = (LogLevel)index);
        config = reader.Section("config");
        reader.ReportUnknown();
    }

    /// <summary>Sets secrets from variables such as <c>HUBSPOT_API_KEY</c>, which are stronger than files and weaker than the prefix.</summary>
    private void ApplyShortForms(ConfigNode? config, ConfigNode node, PluginDescriptor descriptor, ConfigLayer shortForms, int environmentLayer)
    {
        foreach (var (key, property) in descriptor.Metadata.ConfigSchema.Properties)
        {
            var names = descriptor.Aliases.Prepend(descriptor.Name).Select(plugin => ShortForm(plugin, key));
            if (!property.Sensitive || property.Type is ConfigPropertyType.Array or ConfigPropertyType.Object
                || names.FirstOrDefault(variable => environment.GetValueOrDefault(variable) is { Length: > 0 }) is not { } name)
            {
                continue;
            }

            config ??= node.AddChild("config");
            var target = config.Child(key) ?? config.AddChild(key);
            if (target.LayerIndex < environmentLayer && target.Children.Count == 0)
            {
                target.Value = environment[name];
                target.Resolved = null;
                target.IsRefused = false;
                target.Layer = shortForms;
                target.Place = new ConfigEntry(target.Path, null) { Location = ConfigEnvironment.Locate(name) };
            }
        }
    }

    private static string ShortForm(string plugin, string key) => $"{plugin}_{key}".Replace('-', '_').ToUpperInvariant();
}
