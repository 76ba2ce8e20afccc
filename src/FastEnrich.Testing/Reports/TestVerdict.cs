using System.Text.Json.Serialization;

namespace FastEnrich.Testing;

/// <summary>How a test ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TestVerdict>))]
public enum TestVerdict
{
    /// <summary>All is as it must be.</summary>
    [JsonStringEnumMemberName("passed")] Passed,

    /// <summary>Something is not.</summary>
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>There was nothing to test; the detail says why.</summary>
    [JsonStringEnumMemberName("skipped")] Skipped,
}
