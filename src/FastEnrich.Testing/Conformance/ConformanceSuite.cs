using System.Diagnostics;

namespace FastEnrich.Testing;

/// <summary>The rules that every plugin must hold to, and the suite that runs a plugin through them, each before a mock server that fails on purpose.</summary>
public static class ConformanceSuite
{
    /// <summary>Gets the rules, in the order that they run in.</summary>
    public static IReadOnlyList<ConformanceRule> Rules { get; } =
    [
        .. ContractRules.All, .. CancellationRules.All, .. LeakRules.All, .. EscapingRules.All, .. GarbageRules.All, .. StatusRules.All,
        .. ConcurrencyRules.All, .. LifetimeRules.All,
    ];

    /// <summary>Runs a plugin through the rules. Thread-safe between testers, not on one.</summary>
    /// <param name="tester">The plugin, its mock server set up as a working upstream, with at least two users that this upstream knows.</param>
    /// <param name="options">What is special about the plugin; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The report, a result for each rule.</returns>
    /// <exception cref="ArgumentException">The tester has less than two users.</exception>
    /// <exception cref="InvalidOperationException">The tester has no mock server.</exception>
    public static async Task<TestReport> RunAsync(PluginTester tester, ConformanceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tester);
        _ = tester.Server;
        if (tester.Options.Users.Count < 2)
        {
            throw new ArgumentException("the suite needs two users that the upstream knows, in PluginTesterOptions.Users", nameof(tester));
        }

        options ??= new ConformanceOptions();
        if (options.Skip.Keys.Except(Rules.Select(static rule => rule.Id)).ToList() is { Count: > 0 } unknown)
        {
            throw new ArgumentException($"there is no rule {string.Join(", ", unknown)}", nameof(options));
        }

        var evidence = new ConformanceEvidence();
        List<TestResult> results = [];
        foreach (var rule in Rules)
        {
            results.Add(options.Skip.TryGetValue(rule.Id, out var reason)
                ? Result(rule, TestVerdict.Skipped, [reason], default)
                : await RunAsync(rule, tester, options, evidence, cancellationToken).ConfigureAwait(false));
        }

        return new TestReport($"Conformance of {tester.Descriptor}", results,
            [.. tester.Server.Unmatched.Select(static request => request.ToString()).Distinct(StringComparer.Ordinal)]);
    }

    private static async Task<TestResult> RunAsync(
        ConformanceRule rule, PluginTester tester, ConformanceOptions options, ConformanceEvidence evidence, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var run = new ConformanceRun(tester, options, evidence, cancellationToken);
        await using (run.ConfigureAwait(false))
        {
            try
            {
                await rule.Check(run).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                run.Problem($"the rule could not be tried: {exception.GetType().Name}: {exception.Message}");
            }
        }

        var verdict = run.Problems.Count > 0 ? TestVerdict.Failed : run.SkipReason is null ? TestVerdict.Passed : TestVerdict.Skipped;
        return Result(rule, verdict, verdict == TestVerdict.Skipped ? [run.SkipReason!] : run.Problems, clock.Elapsed);
    }

    private static TestResult Result(ConformanceRule rule, TestVerdict verdict, IReadOnlyList<string> details, TimeSpan duration) =>
        new() { Id = rule.Id, Title = rule.Title, Verdict = verdict, Details = details, Fix = rule.Fix, Duration = duration };
}
