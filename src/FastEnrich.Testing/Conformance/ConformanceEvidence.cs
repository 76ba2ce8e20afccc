using System.Text;

namespace FastEnrich.Testing;

/// <summary>What a plugin says when all goes wrong, gathered once for all rules that search it.</summary>
internal sealed class ConformanceEvidence
{
    private IReadOnlyList<(string Scenario, bool IsLog, string Text)>? _statements;

    /// <summary>Gets the texts of errors and logs from an upstream that fails in each way and quotes what it was asked.</summary>
    public async Task<IReadOnlyList<(string Scenario, bool IsLog, string Text)>> GatherAsync(ConformanceRun run)
    {
        if (_statements is not null)
        {
            return _statements;
        }

        List<(string, bool, string)> statements = [];
        foreach (var (name, response) in Scenarios(run))
        {
            var instance = await run.CreateAsync().ConfigureAwait(false);
            using (var fault = response is null ? null : run.Fail(response))
            {
                List<Exception?> errors = [(await run.CallAsync(instance, run.User).ConfigureAwait(false)).Error];
                if (instance.Plugin is IBatchEnrichmentPlugin batch)
                {
                    errors.AddRange(await BatchCalls.ErrorsAsync(batch, run).ConfigureAwait(false));
                }

                errors.Add((await run.CheckHealthAsync(instance, default, static _ => { }).ConfigureAwait(false)).Error);
                statements.AddRange(errors.OfType<Exception>().Select(error => (name, false, Text(error))));
            }

            statements.AddRange(instance.Log.Entries.Select(entry => (name, true, entry)));
        }

        return _statements = statements;
    }

    /// <summary>Gets the texts that must not show: the configured secrets in the forms that they travel in.</summary>
    public static IReadOnlyList<string> Secrets(PluginTester tester)
    {
        var schema = tester.Descriptor.Metadata.ConfigSchema.Properties;
        var sensitive =
            schema.Where(static property => property.Value.Sensitive).Select(static property => Normalize(property.Key)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. tester.Configuration().Where(pair => sensitive.Contains(Normalize(pair.Key.Split(':')[0]))).Select(static pair => pair.Value)
                .Concat(tester.Options.Secrets)
                .Where(static secret => secret.Length >= 4) // shorter ones stand in any text
                .SelectMany(static secret => new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) })
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Gets what says who the user is.</summary>
    public static IReadOnlyList<string> Names(EnrichmentRequest user) =>
        [.. user.Identities.Values.Prepend(user.UserId).Where(static name => name.Length >= 4)
            .SelectMany(static name => new[] { name, Uri.EscapeDataString(name) }).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<(string Name, MockResponse? Response)> Scenarios(ConformanceRun run)
    {
        var quoted =
            string.Join(" and ", Names(run.User).Concat(Secrets(run.Tester)).Select(static text => System.Text.Json.JsonEncodedText.Encode(text).ToString()));
        var members = $$"""
            "message":"no access to {{quoted}} here","code":"BROKEN","errorCode":"BROKEN","status":"error",
            "category":"BROKEN","title":"about {{quoted}}","detail":"about {{quoted}}","error_description":"about {{quoted}}"
            """;
        var body = $$"""{{{members}},"error":"about {{quoted}}","errors":[{{{members}}}]}""";
        yield return ("a working upstream", null);
        foreach (var status in (int[])[400, 401, 403, 404, 409, 422, 429, 500, 503])
        {
            yield return ($"status {status}", MockResponse.Json(body, status));
            yield return ($"status {status} with a list", MockResponse.Json($"[{body}]", status));
        }

        yield return ("a success with an error's body", MockResponse.Json(body));
        yield return ("no JSON", MockResponse.Text($"sorry, {quoted}"));
        yield return ("broken JSON", MockResponse.Json(body[..(body.Length / 2)]));
        yield return ("a broken connection", MockResponse.Json(body).Truncated());
        yield return ("a reset connection", MockResponse.Reset());
        yield return ("a redirect", MockResponse.Redirect("http://127.0.0.1:9/" + Uri.EscapeDataString(quoted)));
    }

    private static string Text(Exception error) => error is PluginException failure ? $"{failure.Plugin} {failure.Operation} {failure}" : error.ToString();

    private static string Normalize(string key) => key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
