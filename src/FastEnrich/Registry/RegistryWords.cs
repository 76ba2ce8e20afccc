using System.Diagnostics.CodeAnalysis;

namespace FastEnrich.Registry;

/// <summary>The registry's enumerations as they stand on the wire.</summary>
public static class RegistryWords
{
    /// <summary>Returns a state's word.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The word, in lower case.</returns>
    public static string Of(RegistryState state) => state switch
    {
        RegistryState.Installed => "installed",
        RegistryState.Enabled => "enabled",
        RegistryState.Disabled => "disabled",
        RegistryState.Error => "error",
        RegistryState.Updating => "updating",
        RegistryState.Uninstalled => "uninstalled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Returns a source's word.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The word, in lower case.</returns>
    public static string Of(RegistrySource source) => source == RegistrySource.Code ? "code" : "folder";

    /// <summary>Reads a state's word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="state">The state.</param>
    /// <returns>Whether the word is a state's.</returns>
    public static bool TryParse([NotNullWhen(true)] string? word, out RegistryState state)
    {
        foreach (var candidate in Enum.GetValues<RegistryState>())
        {
            if (Of(candidate) == word)
            {
                state = candidate;
                return true;
            }
        }

        state = default;
        return false;
    }

    /// <summary>Reads what to sort by.</summary>
    /// <param name="word">The word: <c>name</c>, <c>rating</c>, <c>usage</c> or <c>date</c>.</param>
    /// <param name="sort">What to sort by.</param>
    /// <returns>Whether the word is one of those.</returns>
    public static bool TryParse([NotNullWhen(true)] string? word, out PluginSort sort)
    {
        PluginSort? found = word switch { "name" => PluginSort.Name, "rating" => PluginSort.Rating, "usage" => PluginSort.Usage, "date" => PluginSort.Date, _ => null };
        sort = found ?? default;
        return found is not null;
    }
}
