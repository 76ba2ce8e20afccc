using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;

namespace FastEnrich;

/// <summary>The value readers that generated binders call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConfigParse
{
    /// <summary>Reads text.</summary>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Text(ConfigReader reader, IConfigurationSection at, ConfigRule rule, [MaybeNullWhen(false)] out string value) =>
        TryScalar(reader, at, rule, "text", out value) && Allowed(reader, at, rule, value);

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Flag(ConfigReader reader, IConfigurationSection at, ConfigRule rule, out bool value)
    {
        const string Expected = "true or false";
        value = false;
        return TryScalar(reader, at, rule, Expected, out var text)
            && (bool.TryParse(text, out value) || Refused(reader, at, rule, Expected))
            && Allowed(reader, at, rule, text);
    }

    /// <summary>Reads a number.</summary>
    /// <typeparam name="T">The number's type.</typeparam>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Number<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, out T value)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var whole = T.IsZero(T.One / (T.One + T.One));
        var style = whole ? NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var expected = $"{(whole ? "a whole number" : "a number")}{Range(rule, whole ? $" from {T.MinValue} to {T.MaxValue}" : "")}";
        value = default;
        return TryScalar(reader, at, rule, expected, out var text)
            && ((T.TryParse(text.AsSpan().Trim(), style, CultureInfo.InvariantCulture, out value) && T.IsFinite(value) && Within(rule, double.CreateSaturating(value)))
                || Refused(reader, at, rule, expected))
            && Allowed(reader, at, rule, text);
    }

    /// <summary>Reads a duration, which is never negative.</summary>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Duration(ConfigReader reader, IConfigurationSection at, ConfigRule rule, out TimeSpan value)
    {
        var expected = ConfigDuration.Forms + Range(rule, "", " seconds");
        value = default;
        return TryScalar(reader, at, rule, expected, out var text)
            && ((ConfigDuration.TryParse(text, out value) && Within(rule, value.TotalSeconds))
                || Refused(reader, at, rule, expected))
            && Allowed(reader, at, rule, text);
    }

    /// <summary>Reads a size in bytes, which is never negative.</summary>
    /// <typeparam name="T">The type of whole number that takes it.</typeparam>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Size<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, out T value)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var expected = ConfigByteSize.Forms + Range(rule, $", at most {T.MaxValue}", " bytes");
        value = default;
        return TryScalar(reader, at, rule, expected, out var text)
            && ((ConfigByteSize.TryParse(text, out var bytes) && Fits(bytes, out value) && Within(rule, bytes)) || Refused(reader, at, rule, expected))
            && Allowed(reader, at, rule, text);
    }

    /// <summary>Reads an absolute URL.</summary>
    /// <inheritdoc cref="ConfigParser{T}"/>
    public static bool Address(ConfigReader reader, IConfigurationSection at, ConfigRule rule, [MaybeNullWhen(false)] out Uri value)
    {
        const string Expected = "an absolute URL";
        value = null;
        return TryScalar(reader, at, rule, Expected, out var text)
            && ((Uri.TryCreate(text, UriKind.Absolute, out value) && text[0] != '/') || Refused(reader, at, rule, Expected))
            && Allowed(reader, at, rule, text);
    }

    /// <summary>Reads a name out of a list, ignoring case, <c>-</c> and <c>_</c>.</summary>
    /// <typeparam name="T">The type that the names stand for.</typeparam>
    /// <param name="reader">Takes the mistakes.</param>
    /// <param name="at">The value's place.</param>
    /// <param name="rule">What the value must look like.</param>
    /// <param name="choices">The names and what they stand for.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is a value.</returns>
    public static bool Choice<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, KeyValuePair<string, T>[] choices, out T value)
        where T : struct
    {
        var expected = $"one of {string.Join(", ", choices.Select(static c => c.Key))}";
        value = default;
        if (!TryScalar(reader, at, rule, expected, out var text))
        {
            return false;
        }

        foreach (var choice in choices)
        {
            if (SameName(choice.Key, text))
            {
                value = choice.Value;
                return Allowed(reader, at, rule, choice.Key);
            }
        }

        return Refused(reader, at, rule, expected);
    }

    /// <summary>Reads a list, its items in the order of the file.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="reader">Takes the mistakes.</param>
    /// <param name="at">The value's place.</param>
    /// <param name="rule">What the value must look like.</param>
    /// <param name="element">Reads one item.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is a value.</returns>
    public static bool List<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, ConfigParser<T> element, out List<T> value)
    {
        value = [];
        var valid = TryComposite(reader, at, rule, "a list");
        foreach (var child in at.GetChildren())
        {
            if (!int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return Refused(reader, at, rule, "a list");
            }

            if (element(reader, child, rule, out var item))
            {
                value.Add(item);
            }
            else
            {
                valid = false;
            }
        }

        return valid;
    }

    /// <summary>Reads a mapping; its keys are compared ordinally.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="reader">Takes the mistakes.</param>
    /// <param name="at">The value's place.</param>
    /// <param name="rule">What the value must look like.</param>
    /// <param name="element">Reads one value.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is a value.</returns>
    public static bool Map<T>(ConfigReader reader, IConfigurationSection at, ConfigRule rule, ConfigParser<T> element, out Dictionary<string, T> value)
    {
        value = new Dictionary<string, T>(StringComparer.Ordinal);
        var valid = TryComposite(reader, at, rule, "a mapping");
        foreach (var child in at.GetChildren())
        {
            if (element(reader, child, rule, out var item))
            {
                value[child.Key] = item;
            }
            else
            {
                valid = false;
            }
        }

        return valid;
    }

    private static bool TryComposite(ConfigReader reader, IConfigurationSection at, ConfigRule rule, string expected) =>
        string.IsNullOrEmpty(at.Value) || Refused(reader, at, rule, expected); // an empty list or mapping reads as empty text

    private static bool TryScalar(ConfigReader reader, IConfigurationSection at, ConfigRule rule, string expected, [MaybeNullWhen(false)] out string text)
    {
        text = at.Value;
        return text is not null || Refused(reader, at, rule, expected);
    }

    private static bool Allowed(ConfigReader reader, IConfigurationSection at, ConfigRule rule, string text)
    {
        if (rule.Enum is { } allowed && !allowed.Contains(text, StringComparer.Ordinal))
        {
            return Refused(reader, at, rule, $"one of {string.Join(", ", allowed)}");
        }

        return rule.Matches(text) || Refused(reader, at, rule, $"text that matches {rule.Pattern}");
    }

    private static bool Refused(ConfigReader reader, IConfigurationSection at, ConfigRule rule, string expected)
    {
        reader.Refuse(at, rule, expected);
        return false;
    }

    private static bool Fits<T>(long bytes, out T value)
        where T : struct, INumber<T>
    {
        value = T.CreateSaturating(bytes);
        return long.CreateSaturating(value) == bytes;
    }

    private static bool Within(ConfigRule rule, double value) => !(value < rule.Minimum) && !(value > rule.Maximum);

    private static string Range(ConfigRule rule, string otherwise, string unit = "") => (double.IsNaN(rule.Minimum), double.IsNaN(rule.Maximum)) switch
    {
        (true, true) => otherwise,
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at least {rule.Minimum}{unit}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at most {rule.Maximum}{unit}"),
        _ => string.Create(CultureInfo.InvariantCulture, $" from {rule.Minimum} to {rule.Maximum}{unit}"),
    };

    private static bool SameName(string name, string text) => Plain(name).Equals(Plain(text.Trim()), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
