using System.Net;
using System.Text.Json;
using FastEnrich.Plugins.Social.Facebook;
using FastEnrich.Simulators;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Social.Tests.Facebook;

internal static class FacebookFixture
{
    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "facebook");

    public static PluginContext Context(HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        new(Descriptor, new UpstreamClient("facebook", handler), timeProvider ?? TimeProvider.System, NullLogger.Instance);

    /// <summary>Looks users up by id, with tokens from the simulated operator's store.</summary>
    public static FacebookOptions Options(FacebookSimulator simulator) => new()
    {
        ApiUrl = simulator.PluginConfiguration["api_url"],
        AppId = simulator.PluginConfiguration["app_id"],
        AppSecret = simulator.PluginConfiguration["app_secret"],
    };

    public static FacebookPlugin Plugin(FacebookSimulator simulator, Func<FacebookOptions, FacebookOptions>? change = null, TimeProvider? timeProvider = null) =>
        new(change is null ? Options(simulator) : change(Options(simulator)), Context(UpstreamClient.CreateHandler(), timeProvider), simulator.TokenSource);

    /// <summary>A plugin before an upstream made of a function; each user has the token <c>token-{user id}</c>.</summary>
    public static FacebookPlugin Plugin(StubHandler handler, FacebookOptions? options = null, TimeProvider? timeProvider = null, ITokenSource? source = null) =>
        new(options ?? Stub, Context(handler, timeProvider), source ?? new FakeTokenSource(static userId => new AccessToken($"token-{userId}")));

    public static FacebookOptions Stub { get; } = new() { ApiUrl = "https://graph.test" };

    public static EnrichmentRequest Request(SimulatedUser user) => new(user.Id, new Dictionary<string, string> { ["facebook_id"] = user.FacebookId! });

    public static bool Knows(SimulatedUser user) => user.FacebookId is not null && user.KnownTo.Contains(SimulatedSystem.Facebook);

    /// <summary>The calls of a batch's form.</summary>
    public static IReadOnlyList<string> Calls(string form) => [.. Batch(form).EnumerateArray().Select(item => item.GetProperty("relative_url").GetString()!)];

    public static JsonElement Batch(string form) => JsonDocument.Parse(Field(form, "batch")!).RootElement;

    public static string? Field(string form, string name) =>
        form.Split('&').Where(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal)).Select(pair => WebUtility.UrlDecode(pair[(name.Length + 1)..])).FirstOrDefault();

    /// <summary>A batch's answer from the bodies of its items.</summary>
    public static string Items(params (int Code, string Body)[] items) =>
        $"[{string.Join(',', items.Select(item => $$"""{"code":{{item.Code}},"body":"{{JsonEncodedText.Encode(item.Body)}}"}"""))}]";

    public static string Error(int code, int? subcode = null) => subcode is null ? $$$"""{"error":{"code":{{{code}}}}}""" : $$$"""{"error":{"code":{{{code}}},"error_subcode":{{{subcode}}}}}""";

    private sealed class Catalog : IPluginRegistrar
    {
        public List<PluginDescriptor> Plugins { get; } = [];

        public void AddPlugin(PluginDescriptor descriptor) => Plugins.Add(descriptor);
    }
}
