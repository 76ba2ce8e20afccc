namespace FastEnrich.Testing;

/// <summary>What must not be said, whatever goes wrong. The upstream of these rules quotes ids and secrets in its errors, as real ones do.</summary>
internal static class LeakRules
{
    private const string ErrorFix =
        "Throw response.ToException() or a PluginException with a text of your own and the vendor's code; never quote the address, "
        + "the body or a message of the upstream, and pass no cause that does.";
    private const string LogFix = "Log constants, codes and counts; never the request, the answer, an address or an exception of the upstream.";

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new("no-secret-in-errors", "No configured secret is in an exception's text", ErrorFix, static run =>
            SearchAsync(run, isLog: false, SecretsOf(run), "a secret")),
        new("no-secret-in-logs", "No configured secret is in a log", LogFix, static run => SearchAsync(run, isLog: true, SecretsOf(run), "a secret")),
        new("no-user-in-errors", "No user id and no identity is in an exception's text", ErrorFix, static run =>
            SearchAsync(run, isLog: false, NamesOf(run), "the user")),
        new("no-user-in-logs", "No user id and no identity is in a log", LogFix, static run => SearchAsync(run, isLog: true, NamesOf(run), "the user")),
        new(
            "options-redacted",
            "The options' ToString shows no secret",
            "Mark the property with [ConfigProperty(Sensitive = true)] and make the options a partial record, so that the generator "
                + "writes a ToString that redacts.",
            CheckOptionsAsync),
    ];

    private static IReadOnlyList<string> SecretsOf(ConformanceRun run) => ConformanceEvidence.Secrets(run.Tester);

    private static IReadOnlyList<string> NamesOf(ConformanceRun run) => [.. run.Users.Take(2).SelectMany(ConformanceEvidence.Names)];

    private static async Task SearchAsync(ConformanceRun run, bool isLog, IReadOnlyList<string> hidden, string what)
    {
        if (hidden.Count == 0)
        {
            run.Skip($"there is nothing to search for: no sensitive value or name of four characters or more");
            return;
        }

        var statements = await run.Evidence.GatherAsync(run).ConfigureAwait(false);
        foreach (var (scenario, _, _) in statements.Where(statement => statement.IsLog == isLog
            && hidden.Any(text => statement.Text.Contains(text, StringComparison.OrdinalIgnoreCase))).DistinctBy(static statement => statement.Scenario))
        {
            run.Problem($"{what} shows after {scenario}"); // not the text: reports are kept
        }
    }

    private static async Task CheckOptionsAsync(ConformanceRun run)
    {
        var secrets = SecretsOf(run);
        var options = (await run.CreateAsync().ConfigureAwait(false)).Options;
        if (options is null || secrets.Count == 0)
        {
            run.Skip("the plugin has no bound options, or no secret in them");
        }
        else if (options.ToString() is { } text && secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal)))
        {
            run.Problem($"the ToString of {options.GetType().Name} shows a secret");
        }
    }
}
