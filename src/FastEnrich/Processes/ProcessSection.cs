using System.Globalization;
using System.Text;
using System.Text.Json;
using FastEnrich.Configuration;
using FastEnrich.Configuration.Schema;

namespace FastEnrich.Processes;

/// <summary>Reads <c>plugins.{name}.process</c>, and the <c>config</c> beside it, which goes to the child as it stands.</summary>
internal sealed class ProcessSection(IReadOnlyDictionary<string, string> environment, ConfigVariables variables, ConfigErrors errors)
{
    private const int MaxWord = 4096;

    public static bool IsProcess(PluginDescriptor descriptor) => descriptor.PluginType == typeof(ProcessPlugin);

    /// <summary>Reads an enabled plugin's process; its descriptor carries what the configuration says of it.</summary>
    public PluginDescriptor Read(ConfigNode plugin, ConfigNode process, PluginSettings settings)
    {
        var name = plugin.Key;
        if (!settings.Enabled || !SettingsReader.IsMapping(process, errors))
        {
            return Describe(name, null);
        }

        var options = ReadProcess(process, plugin.Child("config"));
        settings.Options = options;
        settings.ConfigDigest = Digest(name, process, plugin.Child("config"));
        settings.ConfigFingerprint = Fingerprint(process, options);
        return Describe(name, options);
    }

    /// <summary>Returns what the section may hold.</summary>
    public static SchemaSection Describe()
    {
        var errors = new ConfigErrors();
        var node = new ConfigNode("process", null) { Description = new SchemaSection() };
        new ProcessSection(new Dictionary<string, string>(), new ConfigVariables(new Dictionary<string, string>(), errors), errors).ReadProcess(node, null);
        return node.Description;
    }

    private static PluginDescriptor Describe(string name, ProcessOptions? options) => new()
    {
        Metadata = new PluginMetadata
        {
            Name = name,
            Version = options?.Version ?? "1.0.0",
            Description = "A process of its own.",
            Capabilities = options?.Capabilities ?? [],
        },
        PluginType = typeof(ProcessPlugin),
        OptionsType = typeof(ProcessOptions),
        Create = ProcessPlugin.Create,
        Needs = options?.Needs ?? [],
        Provides = options?.Provides ?? [],
    };

    private ProcessOptions ReadProcess(ConfigNode node, ConfigNode? config)
    {
        var (maxFrame, rate, inFlight, batch) = (ProcessLimits.DefaultMaxFrame, ProcessLimits.DefaultFrameRate, ProcessLimits.DefaultInFlight, 1);
        var (heartbeat, startup) = (ProcessLimits.DefaultHeartbeat, ProcessLimits.DefaultStartup);
        var folder = ProcessLimits.DefaultWorkingDirectory;
        string? version = null;
        var reader = new SettingsReader(node, variables, errors);
        var command = Command(node, reader);
        reader.Text("working_dir", (value, _) => folder = value, "the absolute path of a folder", IsAbsolute);
        reader.Text("version", (value, _) => version = value, "a version of 1 to 64 letters, digits, '.', '-', '+' and '_'", IsWord);
        reader.Size("max_frame", value => maxFrame = (int)value, ProcessLimits.MinMaxFrame, "64KiB", ProcessLimits.MaxMaxFrame, "64MiB");
        reader.Integer("max_frame_rate", value => rate = value, 1, ProcessLimits.MaxFrameRate);
        reader.Integer("max_in_flight", value => inFlight = value, 1, ProcessLimits.MaxInFlight);
        reader.Integer("batch_size", value => batch = value, 1, ProcessLimits.MaxBatchSize);
        reader.Duration("heartbeat", value => heartbeat = value, ProcessLimits.MaxTime, zero: false);
        reader.Duration("startup_timeout", value => startup = value, ProcessLimits.MaxTime, zero: false);
        var options = new ProcessOptions
        {
            Command = command,
            Environment = Variables(node, reader),
            WorkingDirectory = folder,
            Checksums = Checksums(node, reader, command),
            MaxFrameBytes = maxFrame,
            MaxFrameRate = rate,
            MaxInFlight = inFlight,
            BatchSize = batch,
            Heartbeat = heartbeat,
            StartupTimeout = startup,
            Version = version,
            Capabilities = Words(node, reader, "capabilities", IsWord) is var capabilities && node.Child("capabilities") is null ? null : capabilities,
            Needs =
            [
                .. Words(node, reader, "needs", static word => IsWord(word.EndsWith('?') ? word[..^1] : word))
                    .Select(static word => new IdentityNeed(word.TrimEnd('?'), word.EndsWith('?'))),
            ],
            Provides = Words(node, reader, "provides", IsWord),
            Config = Json(config),
        };
        reader.ReportUnknown();
        return options;
    }

    private string[] Command(ConfigNode node, SettingsReader reader)
    {
        const string expected = "a list: the absolute path of an executable, and its arguments";
        var count = errors.Count;
        var command = Texts(node, reader, "command", expected);
        if (errors.Count == count && (command.Length == 0 || !IsAbsolute(command[0]) || !command.All(IsArgument)))
        {
            errors.Add(node.Child("command") ?? node, null, expected, $"{node.Path}:command");
        }

        return command;
    }

    private Dictionary<string, string> Variables(ConfigNode node, SettingsReader reader)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Texts(node, reader, "env", "a list of names of environment variables", sensitive: true))
        {
            if (environment.TryGetValue(name, out var value))
            {
                found[name] = value;
            }
            else
            {
                errors.Add(node.Child("env")!, null, IsWord(name) ? $"the environment variable {name} to be set" : "names of environment variables, without values");
            }
        }

        return found;
    }

    private List<ProcessChecksum> Checksums(ConfigNode node, SettingsReader reader, string[] command)
    {
        const string expected = "sha256: and 64 hexadecimal digits, and behind a blank the file, which is a word of the command; without it the executable";
        const string prefix = "sha256:";
        var checksums = new List<ProcessChecksum>();
        node.Description?.Add(new SchemaEntry("checksum", SchemaKind.TextOrTexts, expected));
        foreach (var text in node.Child("checksum") is { Value.Length: > 0 } ? Single(node, reader) : Texts(node, reader, "checksum", expected))
        {
            var parts = text.Split(' ', 2, StringSplitOptions.TrimEntries);
            var file = parts.Length > 1 ? parts[1] : command.FirstOrDefault("");
            var isGood = parts[0].StartsWith(prefix, StringComparison.Ordinal) && parts[0].Length == prefix.Length + 64
                && parts[0][prefix.Length..].All(char.IsAsciiHexDigit) && IsAbsolute(file) && command.Contains(file, StringComparer.Ordinal);
            if (isGood)
            {
                checksums.Add(new ProcessChecksum(file, parts[0][prefix.Length..].ToLowerInvariant()));
            }
            else
            {
                errors.Add(node.Child("checksum")!, null, expected);
            }
        }

        return checksums;
    }

    private string[] Single(ConfigNode node, SettingsReader reader)
    {
        reader.Know("checksum");
        return variables.Resolve(node.Child("checksum")!) is { } text ? [text] : [];
    }

    private string[] Words(ConfigNode node, SettingsReader reader, string key, Func<string, bool> isValid)
    {
        var expected = $"a list of at most {ProcessLimits.MaxNames} words of 1 to 64 letters, digits, '.', '-', '+' and '_'";
        var words = Texts(node, reader, key, expected);
        if (words.Length > ProcessLimits.MaxNames || !words.All(isValid))
        {
            errors.Add(node.Child(key)!, null, expected);
            return [];
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    private string[] Texts(ConfigNode node, SettingsReader reader, string key, string expected, bool sensitive = false)
    {
        reader.Know(key);
        node.Description?.Add(new SchemaEntry(key, SchemaKind.Texts, expected) { IsSensitive = sensitive });
        if (node.Child(key) is not { } list)
        {
            return [];
        }

        var items = Ordered(list);
        if (items is null || !string.IsNullOrEmpty(list.Value) || items.Any(static item => item.Children.Count > 0))
        {
            errors.Add(list, null, expected);
            return [];
        }

        return [.. items.Select(variables.Resolve).Where(static text => text is not null).Select(static text => text!)];
    }

    /// <summary>The items of a list; <see langword="null"/> for a mapping.</summary>
    private static ConfigNode[]? Ordered(ConfigNode list)
    {
        var items = list.Children
            .Select(static child => (
                Index: int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1,
                Child: child))
            .ToArray();
        return Array.Exists(items, static item => item.Index < 0) ? null : [.. items.OrderBy(static item => item.Index).Select(static item => item.Child)];
    }

    /// <summary>The plugin's own configuration as JSON; every value is text, as configuration has no types.</summary>
    private byte[] Json(ConfigNode? config)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            if (config is null || !SettingsReader.IsMapping(config, errors) || config.Children.Count == 0)
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
            else
            {
                variables.ResolveAll(config);
                Write(writer, config);
            }
        }

        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer, ConfigNode node)
    {
        if (node.Children.Count == 0)
        {
            writer.WriteStringValue(variables.Resolve(node));
        }
        else if (Ordered(node) is { } items)
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                Write(writer, item);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WriteStartObject();
            foreach (var child in node.Children)
            {
                writer.WritePropertyName(child.Key);
                Write(writer, child);
            }

            writer.WriteEndObject();
        }
    }

    /// <summary>Digests what results depend on. A value from a variable or the environment may be a secret, and is left out.</summary>
    private string? Digest(string name, ConfigNode process, ConfigNode? config)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        Collect(process.Child("command"), "digest:command", values);
        Collect(process.Child("checksum"), "digest:checksum", values);
        Collect(config, "digest:config", values);
        return Plugins.DataVersion.OfConfig(values, "digest", Describe(name, null));
    }

    /// <summary>Digests everything that the child is started from, secrets included: another one needs another child.</summary>
    private string? Fingerprint(ConfigNode process, ProcessOptions options)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["all:env"] = string.Join('\0', options.Environment.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")),
            ["all:config"] = Encoding.UTF8.GetString(options.Config.Span), // the child tells keys apart that we do not
        };
        Collect(process, "all:process", values, secrets: true);
        return Plugins.DataVersion.OfConfig(values, "all", Describe("", null), secrets: true);
    }

    private void Collect(ConfigNode? node, string path, Dictionary<string, string?> values, bool secrets = false)
    {
        if (node is null)
        {
            return;
        }

        var text = variables.Resolve(node);
        if (text is not null && (secrets || (!node.HasVariables && node.Layer is not { IsEnvironment: true })))
        {
            values[path] = text;
        }

        foreach (var child in node.Children)
        {
            Collect(child, $"{path}:{child.Key}", values, secrets);
        }
    }

    private static bool IsAbsolute(string path) => Path.IsPathFullyQualified(path) && IsArgument(path);

    private static bool IsArgument(string word) => word.Length <= MaxWord && !word.Contains('\0', StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(word) <= MaxWord;

    private static bool IsWord(string word) =>
        word.Length is > 0 and <= ProcessLimits.MaxNameLength && word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '_');
}
