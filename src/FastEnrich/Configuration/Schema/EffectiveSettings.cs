using System.Globalization;
using System.Text.RegularExpressions;
using FastEnrich.Processes;

namespace FastEnrich.Configuration.Schema;

/// <summary>Walks what can be set beside what is set.</summary>
internal static partial class EffectiveSettings
{
    private const string Redacted = "***";
    private const string Default = "default";

    public static List<EffectiveSetting> Of(ConfigurationReading reading, IReadOnlyCollection<PluginDescriptor> catalog)
    {
        var settings = new List<EffectiveSetting>();
        Section(EngineSection.Describe(), reading.Root?.Child("engine"), "engine", static key => Text(EngineChanges.DefaultOf(key)), settings);
        var plugins = reading.Root?.Child("plugins");
        foreach (var node in plugins?.Children ?? [])
        {
            var descriptor = reading.Declared.Concat(catalog).First(plugin => ConfigKey.Same(plugin.Name, node.Key));
            var path = $"plugins:{descriptor.Name}";
            if (descriptor.InstanceOf is not null)
            {
                settings.Add(Setting($"{path}:type", node.Child("type"), null, isSensitive: false));
            }

            Section(PluginsSection.Describe(), node, path, DefaultOfPlugin, settings);
            if (!ProcessSection.IsProcess(descriptor))
            {
                Config(descriptor, node.Child("config"), $"{path}:config", settings);
                continue;
            }

            Section(ProcessSection.Describe(), node.Child("process"), $"{path}:process", DefaultOfProcess, settings);
            if (node.Child("config") is { } config)
            {
                Flatten(config, $"{path}:config", isSensitive: true, settings); // no schema says what is a secret
            }
        }

        return settings;
    }

    private static void Section(SchemaSection section, ConfigNode? node, string path, Func<string, string?> defaults, List<EffectiveSetting> settings, string below = "")
    {
        foreach (var entry in section.Entries)
        {
            var (child, key, at) = (node?.Child(entry.Key), $"{below}{entry.Key}", $"{path}:{entry.Key}");
            if (entry.Kind == SchemaKind.List)
            {
                foreach (var item in child?.Children ?? [])
                {
                    Section(entry.Section!, item, $"{at}:{item.Key}", static _ => null, settings);
                }
            }
            else if (entry.Kind is SchemaKind.Texts or SchemaKind.TextOrTexts && child is { Children.Count: > 0 })
            {
                Flatten(child, at, entry.IsSensitive, settings);
            }
            else if (entry.Kind != SchemaKind.Section)
            {
                settings.Add(Setting(at, child, defaults(key), entry.IsSensitive));
            }
            else if (entry.Key != "config" && (child is not null || entry.Section!.Entries.Any(inner => defaults($"{key}:{inner.Key}") is not null)))
            {
                Section(entry.Section!, child, at, defaults, settings, $"{key}:");
            }
        }
    }

    private static void Config(PluginDescriptor descriptor, ConfigNode? node, string path, List<EffectiveSetting> settings)
    {
        foreach (var (key, property) in descriptor.Metadata.ConfigSchema.Properties)
        {
            var child = node?.Child(key);
            if (child is { Children.Count: > 0 })
            {
                Flatten(child, $"{path}:{key}", property.Sensitive, settings);
            }
            else
            {
                settings.Add(Setting($"{path}:{key}", child, property.Default, property.Sensitive));
            }
        }
    }

    private static void Flatten(ConfigNode node, string path, bool isSensitive, List<EffectiveSetting> settings)
    {
        foreach (var child in node.Children)
        {
            if (child.Children.Count > 0)
            {
                Flatten(child, $"{path}:{child.Key}", isSensitive, settings);
            }
            else
            {
                settings.Add(Setting($"{path}:{child.Key}", child, null, isSensitive));
            }
        }
    }

    private static EffectiveSetting Setting(string path, ConfigNode? node, string? defaultValue, bool isSensitive)
    {
        var value = node?.Value;
        if (value is null)
        {
            return new EffectiveSetting(path, defaultValue, Default);
        }

        // As written, not as resolved: what a variable or a file holds may be a secret anywhere.
        var shown = isSensitive ? Redacted : ConfigErrors.Shorten(UserInformation().Replace(value, $"$1{Redacted}@"));
        return new EffectiveSetting(path, shown, node!.Place?.Location ?? "configuration");
    }

    private static string? DefaultOfPlugin(string key)
    {
        var settings = new PluginSettings();
        return key switch
        {
            "enabled" => "true", // inside a section
            "priority" => Text(settings.Priority),
            "max_concurrency" => Text(settings.MaxConcurrency),
            "queue_capacity" => Text(settings.QueueCapacity),
            "batch_window" => Text(settings.BatchWindow),
            _ => null,
        };
    }

    private static string? DefaultOfProcess(string key) => key switch
    {
        "working_dir" => ProcessLimits.DefaultWorkingDirectory,
        "max_frame" => Text(ProcessLimits.DefaultMaxFrame),
        "max_frame_rate" => Text(ProcessLimits.DefaultFrameRate),
        "max_in_flight" => Text(ProcessLimits.DefaultInFlight),
        "batch_size" => Text(1),
        "heartbeat" => Text(ProcessLimits.DefaultHeartbeat),
        "startup_timeout" => Text(ProcessLimits.DefaultStartup),
        _ => null,
    };

    private static string? Text(object? value) => value switch
    {
        TimeSpan { TotalMilliseconds: > 0 and < 1000 } time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds}ms"),
        TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString(),
    };

    [GeneratedRegex(@"([A-Za-z][A-Za-z0-9+.\-]*://)[^/?#\s]*@", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UserInformation();
}
