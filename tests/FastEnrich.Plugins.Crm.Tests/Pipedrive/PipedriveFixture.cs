using FastEnrich.Plugins.Crm.Pipedrive;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Crm.Tests.Pipedrive;

internal static class PipedriveFixture
{
    public const string Gender = "a000000000000000000000000000000000000001";
    public const string Interests = "a000000000000000000000000000000000000002";
    public const string Score = "a000000000000000000000000000000000000003";
    public const string XUsername = "a000000000000000000000000000000000000004";
    public const string FacebookId = "a000000000000000000000000000000000000005";
    public const string Tier = "a000000000000000000000000000000000000006";
    public const string Budget = "a000000000000000000000000000000000000007";
    public const string Sku = "b000000000000000000000000000000000000001";
    public const string Line = "b000000000000000000000000000000000000002";

    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "pipedrive");

    public static PipedriveOptions Plain { get; } = new() { ApiKey = "token", ApiUrl = "https://pipedrive.test" };

    public static PipedriveOptions Mapped { get; } = Plain with
    {
        CustomFields = new Dictionary<string, string>
        {
            ["gender"] = Gender, ["interests"] = Interests, ["lead_score"] = Score, ["x_username"] = XUsername, ["facebook_id"] = FacebookId, ["tier"] = Tier, ["budget"] = Budget,
        },
    };

    public static PluginContext Context(HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        new(Descriptor, new UpstreamClient("pipedrive", handler), timeProvider ?? TimeProvider.System, NullLogger.Instance);

    public static PipedriveOptions Options(PipedriveSimulator simulator) => (PipedriveOptions)Bind(simulator.PluginConfiguration).Options!;

    public static PipedrivePlugin Plugin(PipedriveSimulator simulator, Func<PipedriveOptions, PipedriveOptions>? change = null, TimeProvider? timeProvider = null) =>
        new(change is null ? Options(simulator) : change(Options(simulator)), Context(UpstreamClient.CreateHandler(), timeProvider));

    public static PipedrivePlugin Plugin(HttpMessageHandler handler, PipedriveOptions? options = null, TimeProvider? timeProvider = null) => new(options ?? Plain, Context(handler, timeProvider));

    public static (object? Options, List<ConfigError> Errors) Bind(IReadOnlyDictionary<string, string> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return (Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }

    /// <summary>Orders one of the common faults, or one of Pipedrive's own errors.</summary>
    public static void FailNext(PipedriveSimulator simulator, string fault, string? text = null)
    {
        if (Enum.TryParse<SimulatedFault>(fault, out var common))
        {
            simulator.FailNext(common, text: text);
        }
        else
        {
            simulator.FailNext(fault, text: text);
        }
    }

    private sealed class Catalog : IPluginRegistrar
    {
        public List<PluginDescriptor> Plugins { get; } = [];

        public void AddPlugin(PluginDescriptor descriptor) => Plugins.Add(descriptor);
    }
}
