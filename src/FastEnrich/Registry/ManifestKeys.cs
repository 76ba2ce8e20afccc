using System.Text.Json;

namespace FastEnrich.Registry;

/// <summary>Finds keys that stand twice in one object, at any depth: readers disagree on which of them counts.</summary>
internal static class ManifestKeys
{
    public static void CheckDuplicates(JsonElement element, string path, ManifestProblems problems)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                if (!TryName(property, out var name))
                {
                    problems.Error(path.Length == 0 ? "$" : path, "a key is not well-formed text");
                    continue;
                }

                var at = Join(path, ManifestText.ShownKey(name));
                if (!seen.Add(name))
                {
                    problems.Error(at, "stands twice");
                }

                CheckDuplicates(property.Value, at, problems);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                CheckDuplicates(item, $"{path}[{index++}]", problems);
            }
        }
    }

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>False for a key with a lone surrogate.</summary>
    public static bool TryName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
