using System.Globalization;
using System.Text.RegularExpressions;

namespace FastEnrich.Tests.Configuration;

/// <summary>Descriptors as the generator would write them, with a binder by hand.</summary>
internal static class FakePlugins
{
    public static readonly PluginDescriptor HubSpot = Create("hubspot");
    public static readonly PluginDescriptor CrmCloud = Create("crm-cloud");
    public static readonly PluginDescriptor Plain = new()
    {
        Metadata = new PluginMetadata { Name = "plain" },
        PluginType = typeof(FakePlugins),
        Create = _ => throw new NotSupportedException(),
    };

    public static readonly PluginDescriptor[] All = [HubSpot, CrmCloud, Plain];

    private static PluginDescriptor Create(string name) => new()
    {
        Metadata = new PluginMetadata
        {
            Name = name,
            ConfigSchema = new ConfigSchema
            {
                Properties = new Dictionary<string, ConfigProperty>
                {
                    ["api_url"] = new() { Type = ConfigPropertyType.String },
                    ["api_key"] = new() { Type = ConfigPropertyType.String, Sensitive = true, Required = true },
                    ["timeout"] = new() { Type = ConfigPropertyType.Integer },
                    ["mode"] = new() { Type = ConfigPropertyType.String },
                    ["tags"] = new() { Type = ConfigPropertyType.Array },
                },
                Required = ["api_key"],
            },
        },
        PluginType = typeof(FakeOptions),
        OptionsType = typeof(FakeOptions),
        Create = _ => throw new NotSupportedException(),
        BindOptions = Bind,
    };

    private static FakeOptions Bind(ConfigReader reader)
    {
        var section = reader.Section;
        var options = new FakeOptions
        {
            ApiUrl = section["api_url"] ?? "https://api.example",
            ApiKey = section["api_key"],
            Mode = section["mode"] ?? "fast",
            Tags = [.. section.GetSection("tags").GetChildren().Select(child => child.Value!)],
        };

        void Refuse(string key, string? found, string expected) => reader.Errors.Add(new ConfigError($"{section.Path}:{key}", found, expected));

        if (!Regex.IsMatch(options.ApiUrl, "^https?://"))
        {
            Refuse("api_url", options.ApiUrl, "text that matches ^https?://");
        }

        if (options.ApiKey is null)
        {
            Refuse("api_key", null, "a value");
        }
        else if (options.ApiKey.Contains(' '))
        {
            Refuse("api_key", options.ApiKey, "text without spaces"); // forgets to redact: the engine must not
        }

        if (section["timeout"] is { } text)
        {
            if (!int.TryParse(text, CultureInfo.InvariantCulture, out var timeout) || timeout is < 1 or > 300)
            {
                Refuse("timeout", text, "a whole number from 1 to 300");
            }

            options.Timeout = timeout;
        }

        if (options.Mode is not ("fast" or "full"))
        {
            Refuse("mode", options.Mode, "fast or full");
        }

        foreach (var child in section.GetChildren().Where(child => child.Key is not ("api_url" or "api_key" or "timeout" or "mode" or "tags")))
        {
            Refuse(child.Key, child.Value, "a known key");
        }

        return options;
    }
}
