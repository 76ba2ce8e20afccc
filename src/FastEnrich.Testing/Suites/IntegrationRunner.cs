namespace FastEnrich.Testing;

/// <summary>Runs the parts of an integration test.</summary>
internal static class IntegrationRunner
{
    public static async Task<IReadOnlyList<TestResult>> RunAsync(PluginTester tester, IntegrationTest test, CancellationToken cancellationToken)
    {
        List<TestResult> results = [];
        foreach (var configuration in test.Configurations)
        {
            var title = configuration.RefusedBecauseOf is { } key ? $"the configuration is refused because of {key}" : "the configuration is taken";
            Add($"config {configuration.Name}", title, Check(tester, configuration));
        }

        foreach (var (status, code) in test.Errors)
        {
            var response = new TestCase { Name = "", Request = tester.FirstUser(), ExpectedError = code, Upstream = _ => MockResponse.Json("{}", status) };
            Add($"error {status}", $"status {status} is {code}", await CaseRunner.RunAsync(tester, response, cancellationToken).ConfigureAwait(false));
        }

        if (test.CheckHealth)
        {
            Add("health", "a working upstream is not ill, a failing one not healthy", await HealthAsync(tester, cancellationToken).ConfigureAwait(false));
        }

        if (test.RealApi is { } real)
        {
            results.Add(await RealAsync(tester, test.Name, real, cancellationToken).ConfigureAwait(false));
        }

        return results;

        void Add(string part, string title, IReadOnlyList<string> problems) =>
            results.Add(new TestResult { Id = $"{test.Name}/{part}", Title = title,
                Verdict = problems.Count == 0 ? TestVerdict.Passed : TestVerdict.Failed, Details = problems });
    }

    private static List<string> Check(PluginTester tester, ConfigurationCase test)
    {
        var configuration = new Dictionary<string, string>(tester.Configuration(), StringComparer.Ordinal);
        foreach (var (key, value) in test.Changes)
        {
            configuration.Remove(key);
            if (value is not null)
            {
                configuration[key] = value;
            }
        }

        var refusal = Refusal(tester, configuration);
        return (refusal, test.RefusedBecauseOf) switch
        {
            (null, null) => [],
            (null, { } key) => [$"it was taken, though {key} is wrong"],
            ({ } text, null) => [$"it was refused: {text}"],
            ({ } text, { } key) => text.Contains(key, StringComparison.Ordinal) ? [] : [$"it was refused without a word of {key}: {text}"],
        };
    }

    private static string? Refusal(PluginTester tester, IReadOnlyDictionary<string, string> configuration)
    {
        try
        {
            tester.Create(configuration).Context.Upstream.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is FastEnrichConfigurationException or PluginException { Code: PluginErrorCode.InvalidConfig })
        {
            return exception.Message;
        }
    }

    private static async Task<IReadOnlyList<string>> HealthAsync(PluginTester tester, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        var instance = await tester.CreateAsync(cancellationToken).ConfigureAwait(false);
        await using (instance.ConfigureAwait(false))
        {
            if (await OpinionAsync("a working upstream").ConfigureAwait(false) == false)
            {
                problems.Add("a working upstream is called ill");
            }

            using var fault = tester.Server.Intercept(static _ => MockResponse.Empty(503));
            if (await OpinionAsync("an upstream that answers 503").ConfigureAwait(false) == true)
            {
                problems.Add("an upstream that answers 503 is called healthy");
            }
        }

        return problems;

        async Task<bool?> OpinionAsync(string upstream)
        {
            try
            {
                return await instance.Plugin.CheckHealthAsync(cancellationToken).AsTask()
                    .WaitAsync(tester.Options.Patience, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
            catch (PluginException)
            {
                return null;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                problems.Add($"the check of {upstream} ended with a {exception.GetType().Name}");
                return null;
            }
        }
    }

    private static async Task<TestResult> RealAsync(PluginTester tester, string name, RealApiTest real, CancellationToken cancellationToken)
    {
        var result = new TestResult { Id = $"{name}/real API", Title = "the real upstream answers as expected", Verdict = TestVerdict.Skipped,
            Details = [$"{real.EnvironmentVariable} is not set"] };
        if (Environment.GetEnvironmentVariable(real.EnvironmentVariable) is not { Length: > 0 } value)
        {
            return result;
        }

        var own = new PluginTester(tester.Descriptor, tester.Options with { Configuration = _ => real.Configuration(value) });
        await using (own.ConfigureAwait(false))
        {
            var problems = await CaseRunner.RunAsync(own, new TestCase { Name = "", Request = real.Request, Predicate = real.Predicate }, cancellationToken)
                .ConfigureAwait(false);
            return result with { Verdict = problems.Count == 0 ? TestVerdict.Passed : TestVerdict.Failed, Details = problems };
        }
    }
}
