using FastEnrich.Plugins.Crm.Salesforce;
using FastEnrich.Plugins.Crm.Tests.HubSpot;
using FastEnrich.Simulators;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Crm.Tests.Salesforce;

internal static class SalesforceFixture
{
    /// <summary>Options that need no token endpoint: a token, and an instance that a stub stands for.</summary>
    public static readonly SalesforceOptions Static = new()
    {
        Authentication = SalesforceAuthentication.AccessToken,
        AccessToken = "00D!token-0815",
        InstanceUrl = "https://acme.my.salesforce.com",
    };

    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "salesforce");

    public static (SalesforceOptions Options, List<ConfigError> Errors) Bind(IEnumerable<KeyValuePair<string, string>> values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return ((SalesforceOptions)Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors))!, errors);
    }

    public static SalesforceOptions Options(SalesforceSimulator simulator) => Bind(simulator.PluginConfiguration).Options;

    public static SalesforcePlugin Plugin(SalesforceSimulator simulator, Func<SalesforceOptions, SalesforceOptions>? change = null, TimeProvider? timeProvider = null) =>
        Plugin(change is null ? Options(simulator) : change(Options(simulator)), UpstreamClient.CreateHandler(), timeProvider);

    public static SalesforcePlugin Plugin(SalesforceOptions options, HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        Plugin(options, new UpstreamClient("salesforce", handler), timeProvider);

    public static SalesforcePlugin Plugin(SalesforceOptions options, UpstreamClient upstream, TimeProvider? timeProvider = null) =>
        new(options, new PluginContext(Descriptor, upstream, timeProvider ?? TimeProvider.System, NullLogger.Instance));

    /// <summary>A plugin before an upstream that always answers the same.</summary>
    public static SalesforcePlugin Plugin(StubHandler handler) => Plugin(Static, handler);

    /// <summary>Orders one of the common faults, or one of Salesforce's own errors.</summary>
    public static void FailNext(SalesforceSimulator simulator, string fault, string? text = null)
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
