namespace FastEnrich.Configuration;

/// <summary>How keys are compared: ignoring case, <c>-</c> and <c>_</c>.</summary>
internal static class ConfigKey
{
    /// <summary>Returns what two spellings of a key, or of a path of keys, have in common.</summary>
    public static string Normalize(string key) =>
        key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    public static bool Same(string left, string right) => Normalize(left) == Normalize(right);

    /// <summary>Returns the candidate that was probably meant, or <see langword="null"/> when none is near.</summary>
    public static string? Closest(string key, IEnumerable<string> candidates)
    {
        var wanted = Normalize(key);
        var limit = Math.Max(1, Math.Min(3, wanted.Length / 3));
        return candidates
            .Select(candidate => (candidate, Distance: Distance(wanted, Normalize(candidate))))
            .Where(pair => pair.Distance <= limit)
            .OrderBy(pair => pair.Distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault().candidate;
    }

    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 3)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
