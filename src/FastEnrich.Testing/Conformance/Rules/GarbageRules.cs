using System.Text;

namespace FastEnrich.Testing;

/// <summary>Whatever comes back, a plugin fails as a plugin.</summary>
internal static class GarbageRules
{
    private const int Depth = 10_000;

    private static readonly (string Name, MockResponse Response)[] s_unreadable =
    [
        ("an empty body", MockResponse.Json("")),
        ("a page of HTML", MockResponse.Garbage()),
        ("JSON that ends in the middle", MockResponse.Json("{\"id\":\"1\",\"data\":[{\"id\":\"1\",\"email\":\"a@exa")),
        ("bytes that are no UTF-8", MockResponse.Json("") with { Body = new byte[] { 0xff, 0xfe, 0xfd, 0x80 } }),
        ("JSON of 10,000 levels", MockResponse.Json(new string('[', Depth) + new string(']', Depth))),
        ("50 MB", MockResponse.Huge()),
    ];

    private static readonly (string Name, MockResponse Response)[] s_wrong =
    [
        ("a number", MockResponse.Json("12")),
        ("a text", MockResponse.Json("\"text\"")),
        ("null", MockResponse.Json("null")),
        ("an empty object", MockResponse.Json("{}")),
        ("an empty list", MockResponse.Json("[]")),
        ("lists of lists", MockResponse.Json("[[[1]],null,\"a\",{}]")),
        ("members of wrong types", MockResponse.Json("""
            {"id":{},"email":7,"name":[1],"data":"x","results":"x","items":3,"records":true,"properties":[],"user":"u",
            "success":"yes","done":1,"totalSize":"many","errors":5,"error":[]}
            """)),
        ("members that are null",
            MockResponse.Json("""{"id":null,"email":null,"name":null,"data":null,"results":null,"items":null,"records":null,"properties":null,"user":null}""")),
        ("numbers beyond all limits",
            MockResponse.Json("""{"id":1e999,"age":99999999999999999999,"points":-1e400,"data":[{"id":1e999,"age":1e999}],"score":1e308}""")),
        ("a text that is no UTF-8",
            MockResponse.Json("") with { Body = (byte[])[.. "{\"id\":\""u8, 0xff, 0xfe, .. "\",\"data\":{\"id\":\""u8, 0xc3, 0x28, .. "\"}}"u8] }),
        ("half of a surrogate pair", MockResponse.Json("""{"id":"\ud800","name":"\ud800","data":{"id":"\udc00"},"results":[{"id":"\ud800"}]}""")),
    ];

    private static readonly (string Name, MockResponse Response)[] s_broken =
    [
        ("a connection that is reset", MockResponse.Reset()),
        ("a connection that breaks in the body", MockResponse.Json("{\"id\":\"1\",\"data\":[{\"id\":\"1\",\"email\":\"a@example.org\"}]}").Truncated()),
    ];

    public static IReadOnlyList<ConformanceRule> All { get; } =
    [
        new(
            "survives-garbage",
            "A body that cannot be read is a PluginException of InvalidResponse, never a result",
            "Read answers with response.Read or TryRead, and keep UpstreamClient's limits; a NotFound here would replace the last good value.",
            CheckUnreadableAsync),
        new(
            "survives-wrong-types",
            "JSON of another shape is a PluginException of InvalidResponse or a valid result, never another exception",
            "Look at the kind of a JsonElement before its value, use the Try methods for numbers, and throw PluginException with InvalidResponse.",
            CheckWrongAsync),
        new(
            "survives-broken-connections",
            "A connection that breaks or is refused is a retryable PluginException",
            "Send requests with PluginContext.Upstream, and let its exceptions pass.",
            CheckBrokenAsync),
    ];

    private static async Task CheckUnreadableAsync(ConformanceRun run)
    {
        foreach (var (name, response) in s_unreadable)
        {
            var call = await run.CallAsync(response).ConfigureAwait(false);
            if (call.Failure is not { Code: PluginErrorCode.InvalidResponse })
            {
                run.Problem($"{name} gave {call}");
            }
        }
    }

    private static async Task CheckWrongAsync(ConformanceRun run)
    {
        foreach (var (name, response) in s_wrong)
        {
            var call = await run.CallAsync(response).ConfigureAwait(false);
            var isValid = call is { IsResult: true, Result.Kind: EnrichmentResultKind.Found or EnrichmentResultKind.NotFound }
                && !(call.Result.Enrichment?.Confidence is < 0 or > 1 or double.NaN);
            if (!isValid && call.Failure is not { Code: PluginErrorCode.InvalidResponse or PluginErrorCode.NotFound })
            {
                run.Problem($"{name} gave {call}");
            }
        }
    }

    private static async Task CheckBrokenAsync(ConformanceRun run)
    {
        foreach (var (name, response) in s_broken)
        {
            Check(name, await run.CallAsync(response).ConfigureAwait(false));
        }

        var instance = await run.CreateAsync().ConfigureAwait(false);
        await run.Server.RefuseConnectionsAsync().ConfigureAwait(false);
        try
        {
            Check("a connection that is refused", await run.CallAsync(instance, run.User).ConfigureAwait(false));
        }
        finally
        {
            await run.Server.ListenAsync(run.Cancelled).ConfigureAwait(false);
        }

        void Check(string name, PluginCall call)
        {
            if (call.Failure is not { Code: PluginErrorCode.ConnectionError or PluginErrorCode.TimeoutError, Retryable: true })
            {
                run.Problem($"{name} gave {call}");
            }
        }
    }
}
