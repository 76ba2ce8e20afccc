using System.Collections;

namespace FastEnrich.Configuration;

/// <summary>The environment variables that configuration reads.</summary>
internal static class ConfigEnvironment
{
    /// <summary>What the names of variables that set a key begin with.</summary>
    public const string Prefix = "FASTENRICH__";

    /// <summary>Returns the process's variables as they are now.</summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        // Windows takes Path and PATH for one variable, other systems do not.
        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    /// <summary>Returns what the variables with the prefix set; <c>__</c> parts the keys of a path.</summary>
    public static IReadOnlyList<ConfigEntry> Entries(IReadOnlyDictionary<string, string> variables)
    {
        var entries = new List<ConfigEntry>();
        foreach (var (name, value) in variables.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                var keys = name[Prefix.Length..].Split("__").Select(key => key.Any(char.IsLower) ? key : key.ToLowerInvariant());
                entries.Add(new ConfigEntry(string.Join(':', keys), value) { Location = Locate(name) });
            }
        }

        return entries;
    }

    public static string Locate(string variable) => $"environment variable {variable}";
}
