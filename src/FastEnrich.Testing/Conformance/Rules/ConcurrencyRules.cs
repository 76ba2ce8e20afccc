namespace FastEnrich.Testing;

/// <summary>Many users at once, together or in batches, and users that were read before.</summary>
internal static class ConcurrencyRules
{
    private const string NobodysId = "conformance-nobody-2";
    private const string NobodysTag = "\"conformance\"";

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new(
            "thread-safe",
            "Many calls at once give each user their own answer",
            "Keep nothing of a call in fields; share only what is immutable or guarded.",
            CheckConcurrentAsync),
        new(
            "batch-equals-single",
            "A batch gives each user what a single call gives, and those that the upstream does not know too",
            "Match the batch's answers by key, never by position, and map them with the code that maps single ones.",
            CheckBatchAsync),
        new(
            "previous-validator",
            "A validator that the plugin returned is sent with the next request, and NotModified is said only then",
            "Send request.Previous.Validator, as in If-None-Match; return NotModified for a 304 to such a request, and throw for any other 304.",
            CheckPreviousAsync),
    ];

    private static async Task CheckConcurrentAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        var alone = new List<PluginCall>();
        foreach (var user in run.Users)
        {
            alone.Add(await run.CallAsync(instance, user).ConfigureAwait(false));
        }

        var calls = await Task.WhenAll(Enumerable.Range(0, Math.Max(2, run.Options.ConcurrentCalls))
            .Select(i => run.CallAsync(instance, run.Users[i % run.Users.Count]))).ConfigureAwait(false);

        var problems = calls.SelectMany((call, i) => Answers.Differences(alone[i % run.Users.Count], call)).Distinct(StringComparer.Ordinal);
        run.Problems.AddRange(problems.Select(static difference => $"at once another answer than alone: {difference}"));
        if (alone.Count > 1 && alone.TrueForAll(call => call.IsResult) && alone.Skip(1).All(call => !Answers.Differences(alone[0], call).Any()))
        {
            run.Problem("all users of PluginTesterOptions.Users give the same answer, so mixed-up ones would not show; take users that differ");
        }
    }

    private static async Task CheckBatchAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        if (instance.Plugin is not IBatchEnrichmentPlugin batch)
        {
            run.Skip("the plugin has no batches");
            return;
        }

        List<EnrichmentRequest> users = [.. run.Users.Reverse(), run.Options.RequestFor(NobodysId)];
        var calls = await BatchCalls.RunAsync(batch, users, run.Patience).ConfigureAwait(false);
        for (var i = 0; i < users.Count; i++)
        {
            var single = await run.CallAsync(instance, users[i]).ConfigureAwait(false);
            run.Problems.AddRange(Answers.Differences(single, calls[i]).Select(difference => $"member {i} of the batch: {difference}"));
        }
    }

    private static async Task CheckPreviousAsync(ConformanceRun run)
    {
        if (await run.CallAsync(new MockResponse { Status = 304 })
            .ConfigureAwait(false) is { IsResult: true, Result.Kind: not EnrichmentResultKind.NotFound } unasked)
        {
            run.Problem($"a 304 to a request without validator gave {unasked}");
        }

        var instance = await run.CreateAsync().ConfigureAwait(false);
        run.Server.Requests.Clear();
        var first = await run.CallAsync(instance, run.User).ConfigureAwait(false);
        if (first is not { IsResult: true, Result: { Validator: { } validator, Enrichment: { } enrichment } })
        {
            if (run.Problems.Count == 0)
            {
                run.Skip("the plugin returns no validators");
            }

            return;
        }

        var known = ValuesOf(run);
        run.Server.Requests.Clear();
        var again = await run.CallAsync(instance, run.User.WithPrevious(new PreviousResult(enrichment, validator, run.Tester.Options.TimeProvider.GetUtcNow())))
            .ConfigureAwait(false);
        var parts = validator.Split(' ').Append(validator)
            .Where(part => part.Length >= 4 && !known.Exists(value => value.Contains(part, StringComparison.Ordinal))).ToList(); // a plugin may keep more in it
        if (parts.Count > 0 && !ValuesOf(run).Exists(value => parts.Exists(part => value.Contains(part, StringComparison.Ordinal))))
        {
            run.Problem("the validator was not sent");
        }

        if (!again.IsResult || (again.Result.Kind != EnrichmentResultKind.NotModified && Answers.Differences(first, again).Any()))
        {
            run.Problem($"the conditional request gave {again}");
        }

        var other = await run.CallAsync(instance, run.User
            .WithPrevious(new PreviousResult(enrichment, NobodysTag, run.Tester.Options.TimeProvider.GetUtcNow()))).ConfigureAwait(false);
        if (other is { IsResult: true, Result.Kind: EnrichmentResultKind.NotModified })
        {
            run.Problem("a validator that the upstream never gave counted as unchanged");
        }
    }

    private static List<string> ValuesOf(ConformanceRun run) => [.. run.Server.Requests.SelectMany(RequestShape.Values)];
}
