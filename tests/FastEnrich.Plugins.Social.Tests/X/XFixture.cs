using FastEnrich.Plugins.Social.X;
using FastEnrich.Simulators;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Social.Tests.X;

internal static class XFixture
{
    public static readonly XCapability[] EveryCapability = Enum.GetValues<XCapability>();

    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "x");

    /// <summary>Gets options for an upstream that is a function.</summary>
    public static XOptions Options { get; } = new() { ApiUrl = "https://x.test", BearerToken = "token", LookupBy = "id" };

    public static PluginContext Context(HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        new(Descriptor, new UpstreamClient("x", handler, new UpstreamClientOptions { TimeProvider = timeProvider ?? TimeProvider.System }), timeProvider ?? TimeProvider.System, NullLogger.Instance);

    public static XPlugin Plugin(StubHandler handler, XOptions? options = null, TimeProvider? timeProvider = null) => new(options ?? Options, Context(handler, timeProvider));

    public static XPlugin Plugin(XSimulator simulator, Func<XOptions, XOptions>? change = null, HttpMessageHandler? handler = null)
    {
        var options = new XOptions { ApiUrl = simulator.BaseUrl, BearerToken = simulator.BearerToken, PostFieldsParameter = simulator.PluginConfiguration["post_fields_parameter"] };
        return new XPlugin(change is null ? options : change(options), Context(handler ?? UpstreamClient.CreateHandler()));
    }

    /// <summary>An upstream that answers users, posts and lists each alike.</summary>
    public static StubHandler Upstream(string users, string posts = """{"meta":{"result_count":0}}""", string lists = """{"meta":{"result_count":0}}""") =>
        new(request => StubHandler.Json(request.RequestUri!.AbsolutePath.EndsWith("/tweets", StringComparison.Ordinal) ? posts
            : request.RequestUri.AbsolutePath.EndsWith("/list_memberships", StringComparison.Ordinal) ? lists
            : users));

    public static EnrichmentRequest ById(string id) => new($"user {id}", new Dictionary<string, string> { ["x_id"] = id });

    public static EnrichmentRequest ByUsername(string username) => new($"user {username}", new Dictionary<string, string> { ["x_username"] = username });

    /// <summary>Orders one of the common faults, or one of X's own errors.</summary>
    public static void FailNext(XSimulator simulator, string fault, string? text = null, int times = 1)
    {
        if (Enum.TryParse<SimulatedFault>(fault, out var common))
        {
            simulator.FailNext(common, times, text);
        }
        else
        {
            simulator.FailNext(fault, times, text);
        }
    }

    private sealed class Catalog : IPluginRegistrar
    {
        public List<PluginDescriptor> Plugins { get; } = [];

        public void AddPlugin(PluginDescriptor descriptor) => Plugins.Add(descriptor);
    }
}
