namespace FastEnrich.Testing;

/// <summary>What a plugin promises by being one.</summary>
internal static class ContractRules
{
    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new(
            "contract-interface",
            "Name, version, metadata, schema and identities are complete and agree with each other",
            "Complete the arguments of [EnrichmentPlugin], [Needs], [Provides] and [ConfigProperty]; each problem names its own.",
            static run =>
            {
                run.Problems.AddRange(run.Tester.ValidatePluginInterface().Failures.SelectMany(static result => result.Details));
                return Task.CompletedTask;
            }),
        new(
            "contract-result",
            "A user that the upstream knows gives a result within the limits of the contract",
            "Return EnrichmentResult.Found with a confidence from 0 to 1, a ttl of zero or more, finite numbers, and no identity "
                + "that [Provides] does not declare.",
            CheckResultsAsync),
        new(
            "deterministic",
            "The same user gives the same result twice, from one instance and from another",
            "Keep no state that changes answers, order what comes from dictionaries, and take the time from PluginContext.TimeProvider.",
            CheckTwiceAsync),
    ];

    private static async Task CheckResultsAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        foreach (var user in run.Users)
        {
            var call = await run.CallAsync(instance, user).ConfigureAwait(false);
            if (!call.IsResult || call.Result is not { Kind: EnrichmentResultKind.Found, Enrichment: { } enrichment })
            {
                run.Problem($"a user that the upstream knows gave {call}{(call.Failure is { } failure ? $" ({failure.Operation}: {failure.Message})" : "")}");
                continue;
            }

            if (!(enrichment.Confidence is >= 0 and <= 1))
            {
                run.Problem("the confidence is not from 0 to 1");
            }

            if (enrichment.Ttl < TimeSpan.Zero)
            {
                run.Problem("the ttl is below zero");
            }

            run.Problems.AddRange((call.Result.Identities?.Keys ?? []).Except(run.Tester.Descriptor.Provides)
                .Select(static name => $"the result carries the identity '{name}', which [Provides] does not declare"));
            if (Unwritable(enrichment) is { } problem)
            {
                run.Problem($"the result cannot be written as JSON: {problem}");
            }
        }
    }

    private static async Task CheckTwiceAsync(ConformanceRun run)
    {
        var (one, other) = (await run.CreateAsync().ConfigureAwait(false), await run.CreateAsync().ConfigureAwait(false));
        foreach (var user in run.Users)
        {
            var first = await run.CallAsync(one, user).ConfigureAwait(false);
            foreach (var instance in new[] { one, other })
            {
                var again = await run.CallAsync(instance, user).ConfigureAwait(false);
                run.Problems.AddRange(Answers.Differences(first, again).Select(static difference => $"the same user gave another answer: {difference}"));
            }
        }
    }

    private static string? Unwritable(UserEnrichment enrichment)
    {
        try
        {
            _ = System.Text.Json.JsonSerializer.Serialize(enrichment, FastEnrichJsonContext.Default.UserEnrichment);
            return null;
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}
