using System.Diagnostics;

namespace FastEnrich.Testing;

/// <content>What the author expects.</content>
public sealed partial class PluginTester
{
    /// <summary>Runs a suite before the mock server: cases, then integration, then performance. Each case gets an instance of its own.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The report, with a result for each case, part and limit.</returns>
    /// <exception cref="InvalidOperationException">There is no mock server.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled.</exception>
    public async Task<TestReport> RunTestSuiteAsync(TestSuite suite, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var server = Server;
        List<TestResult> results = [];
        foreach (var test in suite.Cases)
        {
            await RunAsync(test.Name, async () =>
            {
                var clock = Stopwatch.StartNew();
                var problems = await CaseRunner.RunAsync(this, test, cancellationToken).ConfigureAwait(false);
                return [new TestResult { Id = test.Name, Title = Title(test),
                    Verdict = problems.Count == 0 ? TestVerdict.Passed : TestVerdict.Failed, Details = problems, Duration = clock.Elapsed }];
            }).ConfigureAwait(false);
        }

        foreach (var test in suite.Integration)
        {
            await RunAsync(test.Name, () => IntegrationRunner.RunAsync(this, test, cancellationToken)).ConfigureAwait(false);
        }

        var unmatched = server.Unmatched.Select(static request => request.ToString()).Distinct(StringComparer.Ordinal).ToList();
        foreach (var test in suite.Performance)
        {
            await RunAsync(test.Name, () => PerformanceRunner.RunAsync(this, test, LoadUsers(test.Users), cancellationToken)).ConfigureAwait(false);
        }

        return new TestReport($"{suite.Name} of {Descriptor}", results, unmatched);

        async Task RunAsync(string name, Func<Task<IReadOnlyList<TestResult>>> run)
        {
            try
            {
                results.AddRange(await run().ConfigureAwait(false));
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                results.Add(new TestResult { Id = name, Title = "the test can be run", Verdict = TestVerdict.Failed,
                    Details = [$"{exception.GetType().Name}: {exception.Message}"] });
            }
        }
    }

    internal EnrichmentRequest FirstUser() => LoadUsers(null)[0];

    private static string Title(TestCase test) => test.ExpectedError is { } code ? $"the call fails with {code}" : "the call gives the expected result";
}
