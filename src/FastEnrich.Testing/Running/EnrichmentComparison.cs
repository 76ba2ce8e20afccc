using System.Text.Json;

namespace FastEnrich.Testing;

/// <summary>Compares what plugins returned, member by member as on the wire.</summary>
internal static class EnrichmentComparison
{
    private const double Tolerance = 1e-3; // confidence follows the age of data, and time passes between two calls

    /// <summary>Compares two results of the same user; times of reading do not count.</summary>
    public static List<string> Differences(EnrichmentResult expected, EnrichmentResult actual)
    {
        List<string> differences = [];
        if (expected.Kind != actual.Kind)
        {
            differences.Add($"kind: {expected.Kind} and {actual.Kind}");
        }
        else if (expected.Enrichment is { } one && actual.Enrichment is { } other)
        {
            Compare("", Json(one with { Timestamp = default }), Json(other with { Timestamp = default }), partial: false, differences);
            var (ones, others) = (Pairs(expected.Identities), Pairs(actual.Identities));
            if (!ones.SequenceEqual(others))
            {
                differences.Add("identities");
            }
        }

        return differences;
    }

    /// <summary>Compares what an expectation says; members that it leaves at their default may be anything.</summary>
    public static List<string> Differences(UserEnrichment expected, UserEnrichment actual)
    {
        List<string> differences = [];
        var (wanted, found) = (Json(expected), Json(actual));
        foreach (var member in wanted.EnumerateObject())
        {
            var isDefault = member.Name switch
            {
                "confidence" => expected.Confidence == 0,
                "source" => expected.Source.Length == 0,
                "timestamp" => expected.Timestamp == default,
                "ttl" => expected.Ttl is null,
                _ => false,
            };
            if (!isDefault)
            {
                CompareMember("", member, found, partial: true, differences);
            }
        }

        return differences;
    }

    private static string[] Pairs(IReadOnlyDictionary<string, string>? identities) =>
        [.. (identities ?? new Dictionary<string, string>()).Select(static pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal)];

    private static JsonElement Json(UserEnrichment enrichment) => JsonSerializer.SerializeToElement(enrichment, FastEnrichJsonContext.Default.UserEnrichment);

    private static void CompareMember(string path, JsonProperty expected, JsonElement actual, bool partial, List<string> differences)
    {
        var name = path.Length == 0 ? expected.Name : $"{path}.{expected.Name}";
        if (!actual.TryGetProperty(expected.Name, out var value))
        {
            differences.Add($"{name}: expected {expected.Value.GetRawText()}, found nothing");
            return;
        }

        Compare(name, expected.Value, value, partial, differences);
    }

    private static void Compare(string path, JsonElement expected, JsonElement actual, bool partial, List<string> differences)
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                CompareMember(path, member, actual, partial, differences);
            }

            if (!partial)
            {
                differences.AddRange(actual.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _))
                    .Select(member => $"{path}.{member.Name}: expected nothing"));
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == actual.GetArrayLength())
        {
            for (var i = 0; i < expected.GetArrayLength(); i++)
            {
                Compare($"{path}[{i}]", expected[i], actual[i], partial, differences);
            }
        }
        else if (!AreEqual(expected, actual))
        {
            differences.Add($"{path}: expected {expected.GetRawText()}, found {actual.GetRawText()}");
        }
    }

    private static bool AreEqual(JsonElement expected, JsonElement actual) =>
        expected.ValueKind == JsonValueKind.Number && actual.ValueKind == JsonValueKind.Number
            ? Math.Abs(expected.GetDouble() - actual.GetDouble()) <= (IsWhole(expected) && IsWhole(actual) ? 0 : Tolerance)
            : JsonElement.DeepEquals(expected, actual);

    private static bool IsWhole(JsonElement number) => number.TryGetInt64(out _);
}
