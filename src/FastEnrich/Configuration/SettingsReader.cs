using System.Globalization;
using FastEnrich.Configuration.Schema;

namespace FastEnrich.Configuration;

/// <summary>Reads the keys of one mapping, each of which is then known; the others are reported at the end.</summary>
internal sealed class SettingsReader(ConfigNode section, ConfigVariables variables, ConfigErrors errors)
{
    private readonly List<string> _known = [];

    /// <summary>Gets whether only the keys and shapes are checked; values are neither read nor resolved.</summary>
    public bool StructureOnly { get; init; }

    public void Duration(string key, Action<TimeSpan> set, TimeSpan max, bool zero = true)
    {
        var expected = $"{ConfigDuration.Forms}, {(zero ? "from zero" : "more than zero")} to {Text(max)}";
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Duration, expected) { Minimum = 0, Maximum = max.TotalSeconds, IsAboveMinimum = !zero });
        if (Read(key, expected) is { } value)
        {
            var valid = ConfigDuration.TryParse(value.Text, out var duration) && duration <= max && (zero || duration > TimeSpan.Zero);
            Take(value, valid, expected, () => set(duration));
        }
    }

    public void Integer(string key, Action<int> set, int min, int max)
    {
        var expected = min == int.MinValue
            ? "a whole number of 32 bits"
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}");
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Integer, expected) { Minimum = min, Maximum = max });
        if (Read(key, expected) is { } value)
        {
            var valid = int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max;
            Take(value, valid, expected, () => set(number));
        }
    }

    public void PositiveNumber(string key, Action<double> set)
    {
        const string expected = "a number above zero";
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Number, expected) { Minimum = 0, IsAboveMinimum = true });
        if (Read(key, expected) is { } value)
        {
            const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            var valid = double.TryParse(value.Text, style, CultureInfo.InvariantCulture, out var number) && number > 0 && double.IsFinite(number);
            Take(value, valid, expected, () => set(number));
        }
    }

    public void Share(string key, Action<double> set)
    {
        const string expected = "a number from 0 to 1";
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Number, expected) { Minimum = 0, Maximum = 1 });
        if (Read(key, expected) is { } value)
        {
            var valid = double.TryParse(value.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1;
            Take(value, valid, expected, () => set(number));
        }
    }

    public void Size(string key, Action<long> set, long min, string minText, long max = long.MaxValue, string? maxText = null)
    {
        var expected = maxText is null ? $"{ConfigByteSize.Forms}, at least {minText}" : $"{ConfigByteSize.Forms}, from {minText} to {maxText}";
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Size, expected) { Minimum = min, Maximum = max == long.MaxValue ? null : max });
        if (Read(key, expected) is { } value)
        {
            Take(value, ConfigByteSize.TryParse(value.Text, out var bytes) && bytes >= min && bytes <= max, expected, () => set(bytes));
        }
    }

    /// <summary>Reads <c>true</c> or <c>false</c>; <see langword="null"/> when the key is absent or wrong.</summary>
    public bool? Flag(string key, out bool isWrong)
    {
        const string expected = "true or false";
        bool? result = null;
        var count = errors.Count;
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Flag, expected));
        if (Read(key, expected) is { } value)
        {
            Take(value, bool.TryParse(value.Text, out var flag), expected, () => result = flag);
        }

        isWrong = errors.Count > count || section.Child(key) is { IsRefused: true };
        return result;
    }

    public void Text(string key, Action<string, ConfigNode> set, string expected, Func<string, bool> isValid, bool sensitive = false)
    {
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Text, expected) { IsSensitive = sensitive });
        if (Read(key, expected) is { } value)
        {
            Take(value, isValid(value.Text), expected, () => set(value.Text, value.Node), sensitive);
        }
    }

    /// <summary>Reads one of several words, in any case; hands over its index.</summary>
    public void Word(string key, string[] words, Action<int> set)
    {
        var expected = $"one of {string.Join(", ", words)}";
        section.Description?.Add(new SchemaEntry(key, SchemaKind.Text, expected) { Allowed = words });
        if (Read(key, expected) is { } value)
        {
            var index = Array.FindIndex(words, word => word.Equals(value.Text, StringComparison.OrdinalIgnoreCase));
            Take(value, index >= 0, expected, () => set(index));
        }
    }

    /// <summary>Makes a key known that is read elsewhere.</summary>
    public void Know(string key) => _known.Add(key);

    /// <summary>Returns a mapping below this one; <see langword="null"/> when it is absent or no mapping.</summary>
    public ConfigNode? Section(string key)
    {
        _known.Add(key);
        if (section.Description is { } description)
        {
            var described = section.Child(key) ?? section.AddChild(key);
            described.Description = new SchemaSection();
            description.Add(new SchemaEntry(key, SchemaKind.Section, "a mapping") { Section = described.Description });
            return described;
        }

        return section.Child(key) is { } child && IsMapping(child, errors) ? child : null;
    }

    /// <summary>Returns the items of a list of mappings, in their order; none when it is absent or no list.</summary>
    public IReadOnlyList<ConfigNode> Items(string key)
    {
        _known.Add(key);
        if (section.Description is { } description)
        {
            var item = new ConfigNode("0", section.Child(key) ?? section.AddChild(key)) { Description = new SchemaSection() };
            description.Add(new SchemaEntry(key, SchemaKind.List, "a list") { Section = item.Description });
            return [item];
        }

        return section.Child(key) is { } list && IsMapping(list, errors, "a list")
            ? [.. list.Children.OrderBy(static child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : int.MaxValue)]
            : [];
    }

    /// <summary>Reports the keys that nobody read. Their values are not shown: a misspelt key may hold a secret.</summary>
    public void ReportUnknown()
    {
        foreach (var child in section.Children.Where(child => !_known.Exists(key => ConfigKey.Same(key, child.Key))))
        {
            errors.Add(child, null, Known("key", child.Key, _known));
        }
    }

    /// <summary>Returns what is expected in place of an unknown name.</summary>
    public static string Known(string kind, string key, IReadOnlyCollection<string> known) =>
        ConfigKey.Closest(key, known) is { } meant
            ? $"a known {kind} (did you mean '{meant}'?)"
            : $"a known {kind}: {(known.Count == 0 ? "there is none" : string.Join(", ", known.Order(StringComparer.Ordinal)))}";

    /// <summary>Returns whether a node can be read as a mapping, or as a list, and reports it otherwise.</summary>
    public static bool IsMapping(ConfigNode node, ConfigErrors errors, string expected = "a mapping")
    {
        if (node.Value is null || node.IsRefused)
        {
            return !node.IsRefused;
        }

        errors.Add(node, null, expected);
        return false;
    }

    private (ConfigNode Node, string Text)? Read(string key, string expected)
    {
        _known.Add(key);
        if (section.Child(key) is not { } child)
        {
            return null;
        }

        if (child.Children.Count > 0)
        {
            errors.Add(child, null, $"{expected}, not a mapping or list");
            return null;
        }

        return !StructureOnly && variables.Resolve(child) is { } text ? (child, text) : null;
    }

    private void Take((ConfigNode Node, string Text) value, bool valid, string expected, Action set, bool sensitive = false)
    {
        if (valid)
        {
            set();
        }
        else
        {
            // As written, not as resolved: the variable may hold a secret.
            errors.Add(value.Node, sensitive ? "***" : value.Node.HasVariables ? value.Node.Value : value.Text, expected);
        }
    }

    private static string Text(TimeSpan limit) => limit switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalDays}d"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalMinutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds}s"),
    };
}
