using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Plugins;

/// <summary>A plugin that tells what it was configured with, and counts its instances.</summary>
internal sealed class ConfiguredPlugin : IConfigurablePlugin
{
    private string _city = "nowhere";

    public static PluginDescriptor Descriptor { get; } = Describe("configured");

    public bool Disposed { get; private set; }

    public Func<CancellationToken, ValueTask> Connect { get; init; } = static _ => ValueTask.CompletedTask;

    public static PluginDescriptor Describe(string name, Func<string, IEnrichmentPlugin>? make = null) => new()
    {
        Metadata = new PluginMetadata
        {
            Name = name,
            ConfigSchema = new ConfigSchema
            {
                Properties = new Dictionary<string, ConfigProperty>
                {
                    ["city"] = new() { Type = ConfigPropertyType.String, Required = true, Pattern = "^[A-Z]" },
                    ["token"] = new() { Type = ConfigPropertyType.String, Sensitive = true },
                },
                Required = ["city"],
            },
        },
        PluginType = typeof(ConfiguredPlugin),
        OptionsType = typeof(string),
        BindOptions = Bind,
        Create = activation => make?.Invoke((string)activation.Options!) ?? Create(activation),
    };

    public void Configure(PluginActivation activation) => _city = (string)activation.Options!;

    public ValueTask ConnectAsync(CancellationToken cancellationToken) => Connect(cancellationToken);

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(Results.Found(_city.Split('|')[0]));

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private static ConfiguredPlugin Create(PluginActivation activation)
    {
        var plugin = new ConfiguredPlugin();
        plugin.Configure(activation);
        return plugin;
    }

    private static string Bind(ConfigReader reader)
    {
        var city = "";
        var rule = new ConfigRule("city") { Required = true, Pattern = "^[A-Z]" };
        if (reader.Find(rule) is { } at && ConfigParse.Text(reader, at, rule, out var text))
        {
            city = text;
        }

        var secret = new ConfigRule("token") { Sensitive = true };
        city += reader.Find(secret) is { } place && ConfigParse.Text(reader, place, secret, out var token) ? $"|{token}" : "";
        reader.Finish();
        return city;
    }
}
