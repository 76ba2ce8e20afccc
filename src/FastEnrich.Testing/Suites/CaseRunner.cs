namespace FastEnrich.Testing;

/// <summary>Makes a case's call and compares.</summary>
internal static class CaseRunner
{
    public static async Task<IReadOnlyList<string>> RunAsync(PluginTester tester, TestCase test, CancellationToken cancellationToken)
    {
        var instance = await tester.CreateAsync(cancellationToken).ConfigureAwait(false);
        await using (instance.ConfigureAwait(false))
        {
            using var upstream = test.Upstream is null ? null : tester.Server.Intercept(test.Upstream);
            var call = await PluginCall.RunAsync(token => instance.Plugin.EnrichAsync(test.Request, token), tester.Options.Patience, cancellationToken)
                .ConfigureAwait(false);
            return [.. Problems(test, call)];
        }
    }

    private static IEnumerable<string> Problems(TestCase test, PluginCall call)
    {
        if (test.ExpectedError is { } code)
        {
            if (call.Failure?.Code != code && !(code == PluginErrorCode.NotFound && call.IsNotFound))
            {
                yield return $"expected a PluginException of {code}, found {Told(call)}";
            }

            yield break;
        }

        if (!call.IsResult)
        {
            yield return $"expected a result, found {Told(call)}";
            yield break;
        }

        if (test.ExpectedKind != EnrichmentResultKind.None && call.Result.Kind != test.ExpectedKind)
        {
            yield return $"expected a result of {test.ExpectedKind}, found {call}";
        }

        if (test.Expected is { } expected)
        {
            var differences = call.Result.Enrichment is { } found ? EnrichmentComparison.Differences(expected, found)
                : [$"expected an enrichment, found {call}"];
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }

        foreach (var (name, value) in test.ExpectedIdentities ?? new Dictionary<string, string>())
        {
            if (call.Result.Identities?.GetValueOrDefault(name) is var found && found != value)
            {
                yield return $"identity {name}: expected '{value}', found {(found is null ? "nothing" : $"'{found}'")}";
            }
        }

        if (test.Predicate?.Invoke(call.Result) == false)
        {
            yield return "the predicate does not hold";
        }
    }

    private static string Told(PluginCall call) => call.Error is { } error ? $"{call}: {error.Message}" : call.ToString();
}
