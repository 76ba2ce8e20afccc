using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FastEnrich.Testing;

/// <summary>What the tests of a plugin found. Immutable.</summary>
public sealed class TestReport
{
    private const int MaxDetails = 20;

    /// <summary>Initializes a report.</summary>
    /// <param name="title">What was tested.</param>
    /// <param name="results">The tests' ends, in their order.</param>
    /// <param name="unmatchedRequests">The requests that the mock server had no route for, as text.</param>
    public TestReport(string title, IReadOnlyList<TestResult> results, IReadOnlyList<string>? unmatchedRequests = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(results);
        Title = title;
        Results = results;
        UnmatchedRequests = unmatchedRequests ?? [];
    }

    /// <summary>Gets what was tested.</summary>
    public string Title { get; }

    /// <summary>Gets the tests' ends, in their order.</summary>
    public IReadOnlyList<TestResult> Results { get; }

    /// <summary>Gets the requests that the mock server had no route for, as text; it answered them with a 501.</summary>
    public IReadOnlyList<string> UnmatchedRequests { get; }

    /// <summary>Gets whether no test failed.</summary>
    public bool Passed => Results.All(static result => result.Verdict != TestVerdict.Failed);

    /// <summary>Gets the tests that failed.</summary>
    public IReadOnlyList<TestResult> Failures => [.. Results.Where(static result => result.Verdict == TestVerdict.Failed)];

    /// <summary>Gets the end of one test.</summary>
    /// <param name="id">The test's id.</param>
    /// <returns>Its end.</returns>
    /// <exception cref="KeyNotFoundException">There is no such test.</exception>
    public TestResult this[string id] => Results.FirstOrDefault(result => result.Id == id) ?? throw new KeyNotFoundException($"the report has no test '{id}'");

    /// <summary>Ends the test when one of the report's has failed.</summary>
    /// <exception cref="ConformanceException">One has; the message is the report's text.</exception>
    public void ThrowIfFailed()
    {
        if (!Passed)
        {
            throw new ConformanceException(ToString());
        }
    }

    /// <summary>Writes the report for other programs, as for a build server.</summary>
    /// <returns>JSON: <c>title</c>, <c>passed</c>, <c>results</c> and <c>unmatched_requests</c>.</returns>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("title", Title);
            json.WriteBoolean("passed", Passed);
            json.WriteStartArray("results");
            foreach (var result in Results)
            {
                Write(json, result);
            }

            json.WriteEndArray();
            Write(json, "unmatched_requests", UnmatchedRequests);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the report for people.</summary>
    /// <returns>A line for each test, the problems and repairs of those that failed under them.</returns>
    public override string ToString()
    {
        var count = (TestVerdict verdict) => Results.Count(result => result.Verdict == verdict);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"{Title}: {count(TestVerdict.Passed)} passed, {count(TestVerdict.Failed)} failed, {count(TestVerdict.Skipped)} skipped").AppendLine();
        foreach (var result in Results)
        {
            text.Append("  ").Append(result).AppendLine();
            foreach (var detail in result.Details.Take(MaxDetails))
            {
                text.Append("    ").Append(detail).AppendLine();
            }

            if (result is { Verdict: TestVerdict.Failed, Fix: { } fix })
            {
                text.Append("    Fix: ").Append(fix).AppendLine();
            }
        }

        if (UnmatchedRequests.Count > 0)
        {
            text.AppendLine("  Requests that the mock server had no route for (answered with 501):");
            UnmatchedRequests.Take(MaxDetails).ToList().ForEach(request => text.Append("    ").Append(request).AppendLine());
        }

        return text.ToString();
    }

    private static void Write(Utf8JsonWriter json, TestResult result)
    {
        json.WriteStartObject();
        json.WriteString("id", result.Id);
        json.WriteString("title", result.Title);
        json.WriteString("verdict", result.Verdict.ToString().ToLowerInvariant());
        Write(json, "details", result.Details);
        if (result is { Verdict: TestVerdict.Failed, Fix: { } fix })
        {
            json.WriteString("fix", fix);
        }

        json.WriteNumber("duration_ms", result.Duration.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
