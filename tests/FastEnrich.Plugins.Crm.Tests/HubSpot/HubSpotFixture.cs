using FastEnrich.Plugins.Crm.HubSpot;
using FastEnrich.Simulators;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Crm.Tests.HubSpot;

internal static class HubSpotFixture
{
    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "hubspot");

    public static PluginContext Context(HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        new(Descriptor, new UpstreamClient("hubspot", handler), timeProvider ?? TimeProvider.System, NullLogger.Instance);

    public static HubSpotOptions Options(HubSpotSimulator simulator) => new()
    {
        ApiUrl = simulator.PluginConfiguration["api_url"],
        ApiKey = simulator.PluginConfiguration["api_key"],
        LeadScoreProperty = simulator.PluginConfiguration["lead_score_property"],
        InterestsProperty = simulator.PluginConfiguration["interests_property"],
        DealProductProperty = simulator.PluginConfiguration["deal_product_property"],
        LineItemProductProperty = simulator.PluginConfiguration["line_item_product_property"],
        FacebookIdProperty = simulator.PluginConfiguration["facebook_id_property"],
    };

    public static HubSpotPlugin Plugin(HubSpotSimulator simulator, Func<HubSpotOptions, HubSpotOptions>? change = null, TimeProvider? timeProvider = null) =>
        Plugin(change is null ? Options(simulator) : change(Options(simulator)), UpstreamClient.CreateHandler(), timeProvider);

    public static HubSpotPlugin Plugin(HubSpotOptions options, HttpMessageHandler handler, TimeProvider? timeProvider = null) => new(options, Context(handler, timeProvider));

    /// <summary>A plugin before an upstream that always answers the same.</summary>
    public static HubSpotPlugin Plugin(StubHandler handler) => Plugin(new HubSpotOptions { ApiKey = "token", ApiUrl = "https://hubspot.test" }, handler);

    /// <summary>Orders one of the common faults, or one of HubSpot's own errors.</summary>
    public static void FailNext(HubSpotSimulator simulator, string fault, string? text = null)
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
