using System.Globalization;

namespace FastEnrich.Testing;

/// <summary>How fast a plugin was. Immutable.</summary>
public sealed record BenchmarkResult
{
    /// <summary>Gets how many calls were measured.</summary>
    public required int Calls { get; init; }

    /// <summary>Gets the mean time of a call.</summary>
    public required TimeSpan Average { get; init; }

    /// <summary>Gets the shortest time.</summary>
    public required TimeSpan Min { get; init; }

    /// <summary>Gets the longest time.</summary>
    public required TimeSpan Max { get; init; }

    /// <summary>Gets the time that half of the calls kept to.</summary>
    public required TimeSpan P50 { get; init; }

    /// <summary>Gets the time that 95 of 100 calls kept to.</summary>
    public required TimeSpan P95 { get; init; }

    /// <summary>Gets the time that 99 of 100 calls kept to.</summary>
    public required TimeSpan P99 { get; init; }

    /// <summary>Gets the share of calls that gave a result; not found is one.</summary>
    /// <value>From 0 to 1.</value>
    public required double SuccessRate { get; init; }

    /// <summary>Gets the calls a second.</summary>
    public required double Throughput { get; init; }

    /// <summary>Gets the bytes allocated a call, by the whole process: the mock server's are among them when it runs in this one.</summary>
    public required long AllocatedBytesPerCall { get; init; }

    /// <summary>Gets how many calls failed, by what they failed with: a code's name, or an exception's type.</summary>
    public required IReadOnlyDictionary<string, int> Failures { get; init; }

    /// <summary>Writes the result for people.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Calls} calls, {SuccessRate:P1} succeeded, {Throughput:N0} a second; average {Ms(Average)}, min {Ms(Min)}, p50 {Ms(P50)}, "
        + $"p95 {Ms(P95)}, p99 {Ms(P99)}, max {Ms(Max)}; {AllocatedBytesPerCall:N0} B a call{Failed()}");

    private static string Ms(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.000} ms");

    private string Failed() => Failures.Count == 0 ? "" : $"; failed: {string.Join(", ", Failures.Select(static failure => $"{failure.Value} {failure.Key}"))}";
}
