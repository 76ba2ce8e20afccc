namespace FastEnrich.Testing;

/// <summary>Compares how calls ended, without quoting what a user's data are.</summary>
internal static class Answers
{
    public static IEnumerable<string> Differences(PluginCall expected, PluginCall actual)
    {
        if (expected.IsNotFound && actual.IsNotFound)
        {
            return [];
        }

        if (!expected.IsResult || !actual.IsResult)
        {
            return expected.Failure is { } one && actual.Failure is { } other && one.Code == other.Code ? [] : [$"{expected} and {actual}"];
        }

        return EnrichmentComparison.Differences(expected.Result, actual.Result);
    }
}
