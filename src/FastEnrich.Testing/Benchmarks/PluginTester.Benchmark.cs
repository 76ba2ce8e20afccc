namespace FastEnrich.Testing;

/// <content>How fast a plugin is.</content>
public sealed partial class PluginTester
{
    /// <summary>Measures the plugin's single calls, without an engine: no cache, no retry, no limit but the plugin's own.</summary>
    /// <param name="options">How; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">There is no user to ask for.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async Task<BenchmarkResult> BenchmarkPluginAsync(BenchmarkOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new BenchmarkOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Iterations, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Concurrency, 1, nameof(options));
        var users = LoadUsers(options.Users);
        var instance = await CreateAsync(cancellationToken).ConfigureAwait(false);
        await using (instance.ConfigureAwait(false))
        {
            await Load.RunAsync(instance.Plugin, users, options.Concurrency, call => call < options.WarmUp, cancellationToken).ConfigureAwait(false);
            var load = await Load.RunAsync(instance.Plugin, users, options.Concurrency, call => call < options.Iterations, cancellationToken)
                .ConfigureAwait(false);
            return new BenchmarkResult
            {
                Calls = load.Latencies.Length,
                Average = new TimeSpan((long)load.Latencies.Average()),
                Min = load.Percentile(0),
                Max = load.Percentile(1),
                P50 = load.Percentile(0.5),
                P95 = load.Percentile(0.95),
                P99 = load.Percentile(0.99),
                SuccessRate = load.SuccessRate,
                Throughput = load.Throughput,
                AllocatedBytesPerCall = load.Allocated / load.Latencies.Length,
                Failures = load.Failures,
            };
        }
    }

    private IReadOnlyList<EnrichmentRequest> LoadUsers(IReadOnlyList<EnrichmentRequest>? users) =>
        (users ?? Options.Users) is { Count: > 0 } some ? some : throw new ArgumentException("there is no user to ask for; set Users");
}
