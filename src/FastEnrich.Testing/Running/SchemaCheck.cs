using System.Globalization;
using System.Text.RegularExpressions;

namespace FastEnrich.Testing;

/// <summary>Says what contradicts itself in a plugin's schema.</summary>
internal static class SchemaCheck
{
    public static IEnumerable<string> Problems(ConfigSchema schema)
    {
        foreach (var key in schema.Required.Where(key => !schema.Properties.ContainsKey(key)))
        {
            yield return $"'{key}' is required and no property";
        }

        foreach (var problem in schema.Properties.SelectMany(property => Problems(property.Key, property.Value, schema.Required.Contains(property.Key))))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Problems(string key, ConfigProperty property, bool isRequired)
    {
        if (property.Description.Length == 0)
        {
            yield return $"'{key}' has no description";
        }

        if (property.Required != isRequired)
        {
            yield return $"'{key}' says of itself that it is {(property.Required ? "" : "not ")}required, and the schema says otherwise";
        }

        if (property is { Sensitive: true, Default: not null })
        {
            yield return $"'{key}' is a secret with a default";
        }

        if (property.Minimum > property.Maximum)
        {
            yield return $"'{key}' has a minimum above its maximum";
        }

        if (property.Pattern is { } pattern && !IsPattern(pattern))
        {
            yield return $"'{key}' has a pattern that is no regular expression";
        }
        else if (property.Default is { } value && Refusal(property, value) is { } refusal)
        {
            yield return $"the default of '{key}' {refusal}";
        }
    }

    private static string? Refusal(ConfigProperty property, string value)
    {
        if (property.Enum is { } allowed && property.Type != ConfigPropertyType.Array && !allowed.Contains(value, StringComparer.Ordinal))
        {
            return "is none of the allowed texts";
        }

        if (property is { Pattern: { } pattern, Type: ConfigPropertyType.String }
            && !Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            return "does not match the pattern";
        }

        return property.Type is ConfigPropertyType.Integer or ConfigPropertyType.Number
            && (!double.TryParse(value, CultureInfo.InvariantCulture, out var number) || number < property.Minimum || number > property.Maximum)
            ? "is no number within the limits"
            : null;
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
