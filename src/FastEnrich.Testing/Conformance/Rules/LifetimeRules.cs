namespace FastEnrich.Testing;

/// <summary>The end of a plugin, and how it is while it lives.</summary>
internal static class LifetimeRules
{
    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new(
            "disposes",
            "Disposing twice is harmless, and calls after it fail with PluginException or ObjectDisposedException",
            "Make DisposeAsync idempotent, and dispose nothing that calls still look at without a check.",
            CheckDisposeAsync),
        new(
            "health-bounded",
            "A health check ends when its token is signalled, though the upstream hangs",
            "Hand the token to every call that takes one.",
            CheckHealthBoundedAsync),
        new(
            "health-honest",
            "A health check does not call a failing upstream healthy, nor a working one ill, and throws nothing but PluginException",
            "Answer from what the upstream says: true for success, false for 401, 5xx and no connection, null where it says nothing.",
            CheckHealthHonestAsync),
    ];

    private static async Task CheckDisposeAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        await run.CallAsync(instance, run.User).ConfigureAwait(false);
        for (var times = 1; times <= 2; times++)
        {
            var disposing = await PluginCall.RunAsync(
                async _ =>
                {
                    await instance.Plugin.DisposeAsync().ConfigureAwait(false);
                    return default;
                },
                run.Patience).ConfigureAwait(false);
            if (!disposing.IsResult)
            {
                run.Problem($"disposing for the {(times == 1 ? "first" : "second")} time: {disposing}");
            }
        }

        instance.Context.Upstream.Dispose(); // as the engine does
        var call = await run.CallAsync(instance, run.User).ConfigureAwait(false);
        if (call.Error is not (PluginException or ObjectDisposedException or OperationCanceledException))
        {
            run.Problem($"a call after the end: {call}");
        }

        if (await run.CheckHealthAsync(instance, default, static _ => { })
            .ConfigureAwait(false) is { IsResult: false, Error: not (PluginException or ObjectDisposedException or OperationCanceledException) } health)
        {
            run.Problem($"a health check after the end: {health}");
        }
    }

    private static async Task CheckHealthBoundedAsync(ConformanceRun run)
    {
        var instance = await run.CreateAsync().ConfigureAwait(false);
        using var cancelled = new CancellationTokenSource();
        run.Server.Requests.Clear();
        using var fault = run.Fail(MockResponse.Hang());

        var running = run.CheckHealthAsync(instance, cancelled.Token, static _ => { });
        await run.ArrivedAsync(running).ConfigureAwait(false);
        await cancelled.CancelAsync().ConfigureAwait(false);

        if (await running.ConfigureAwait(false) is { Hung: true } or { IsResult: false, Error: not (PluginException or OperationCanceledException) })
        {
            run.Problem($"a check of a hanging upstream: {await running.ConfigureAwait(false)}");
        }
    }

    private static async Task CheckHealthHonestAsync(ConformanceRun run)
    {
        var opinions = new List<bool?>();
        var working = await run.CheckHealthAsync(await run.CreateAsync().ConfigureAwait(false), default, opinions.Add).ConfigureAwait(false);
        if (!working.IsResult || opinions[0] == false)
        {
            run.Problem($"a working upstream: {(working.IsResult ? "ill" : working)}");
        }

        opinions.Clear();
        var instance = await run.CreateAsync().ConfigureAwait(false);
        using var fault = run.Fail(MockResponse.Empty(503));
        var failing = await run.CheckHealthAsync(instance, default, opinions.Add).ConfigureAwait(false);
        if (failing is { IsResult: false, Error: not PluginException } || (failing.IsResult && opinions[0] == true))
        {
            run.Problem($"an upstream that answers 503: {(failing.IsResult ? "healthy" : failing)}");
        }
    }
}
