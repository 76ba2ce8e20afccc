using System.Globalization;

namespace FastEnrich.Testing;

/// <summary>The engine acts on codes, so they must be right.</summary>
internal static class StatusRules
{
    private const string Fix =
        "Throw response.ToException() where the upstream's body says nothing better; name deviations that the vendor documents in "
        + "ConformanceOptions.ExpectedCodes.";

    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(7);

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new("status-auth", "401 and 403 are AuthError and not retryable", Fix, static run =>
            CheckAsync(run, PluginErrorCode.AuthError, retryable: false, 401, 403)),
        new("status-not-found", "404 is not found", Fix, CheckNotFoundAsync),
        new("status-rate-limit", "429 is RateLimitError, retryable, with the time that Retry-After says", Fix, CheckRateLimitAsync),
        new("status-server-error", "500 and 503 are ConnectionError and retryable", Fix, static run =>
            CheckAsync(run, PluginErrorCode.ConnectionError, retryable: true, 500, 503)),
        new(
            "no-redirects",
            "A redirect is a PluginException, and nobody is asked at its target",
            "Send requests with PluginContext.Upstream, which follows no redirect: credentials must not travel to a host that nobody configured.",
            CheckRedirectAsync),
    ];

    private static MockResponse Answer(int status) => MockResponse.Json("{}", status);

    private static async Task CheckAsync(ConformanceRun run, PluginErrorCode code, bool retryable, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            var isOwn = run.Options.ExpectedCodes.TryGetValue(status, out var own);
            var call = await run.CallAsync(Answer(status)).ConfigureAwait(false);
            if (call.Failure?.Code != (isOwn ? own : code) || (!isOwn && call.Failure.Retryable != retryable))
            {
                run.Problem($"{status} gave {call}");
            }
        }
    }

    private static async Task CheckNotFoundAsync(ConformanceRun run)
    {
        if (run.Options.ExpectedCodes.ContainsKey(404))
        {
            await CheckAsync(run, PluginErrorCode.NotFound, retryable: false, 404).ConfigureAwait(false);
        }
        else if (await run.CallAsync(Answer(404)).ConfigureAwait(false) is { IsNotFound: false } call)
        {
            run.Problem($"404 gave {call}");
        }
    }

    private static async Task CheckRateLimitAsync(ConformanceRun run)
    {
        var expected = run.Options.ExpectedCodes.GetValueOrDefault(429, PluginErrorCode.RateLimitError);
        var call = await run.CallAsync(Answer(429).WithHeader("Retry-After", s_wait.TotalSeconds.ToString(CultureInfo.InvariantCulture))).ConfigureAwait(false);
        if (call.Failure?.Code != expected || (expected == PluginErrorCode.RateLimitError && !call.Failure.Retryable))
        {
            run.Problem($"429 gave {call}");
        }
        else if (call.Failure.RetryAfter is not { } wait || wait <= TimeSpan.Zero || wait > s_wait)
        {
            run.Problem($"429 with Retry-After: 7 gave RetryAfter = {call.Failure.RetryAfter?.ToString() ?? "nothing"}");
        }
    }

    private static async Task CheckRedirectAsync(ConformanceRun run)
    {
        var elsewhere = await MockServer.StartAsync(cancellationToken: run.Cancelled).ConfigureAwait(false);
        await using (elsewhere.ConfigureAwait(false))
        {
            elsewhere.Map("*", "/{*all}").Respond(MockResponse.Json("{}"));
            var call = await run.CallAsync(MockResponse.Redirect(elsewhere.Url + "/elsewhere")).ConfigureAwait(false);
            if (elsewhere.Requests.Count > 0)
            {
                run.Problem("the redirect's target was asked");
            }

            if (call.Failure is null)
            {
                run.Problem($"a redirect gave {call}");
            }
        }
    }
}
