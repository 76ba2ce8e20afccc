using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Plugins.Http.Tests;

internal static class HttpFixture
{
    public static PluginDescriptor Descriptor { get; } = new Catalog().AddAllPlugins().Plugins.Single(plugin => plugin.Name == "http");

    public static HttpOptions Plain { get; } = new() { Url = "https://upstream.test/users/{user_id}", Fields = new HttpFields { Interests = "$.interests" } };

    public static PluginContext Context(HttpMessageHandler handler, TimeProvider? timeProvider = null) =>
        new(Descriptor, new UpstreamClient("http", handler), timeProvider ?? TimeProvider.System, NullLogger.Instance);

    public static HttpPlugin Plugin(HttpOptions options, HttpMessageHandler? handler = null, TimeProvider? timeProvider = null) => new(options, Context(handler ?? UpstreamClient.CreateHandler(), timeProvider));

    /// <summary>Returns what the constructor says of the options.</summary>
    public static string Problems(HttpOptions options)
    {
        var failure = Assert.Throws<PluginException>(() => Plugin(options));
        Assert.Equal(PluginErrorCode.InvalidConfig, failure.Code);
        return failure.Message;
    }

    public static (HttpOptions? Options, List<ConfigError> Errors) Bind(params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("config:" + pair.Key, (string?)pair.Value))).Build();
        List<ConfigError> errors = [];
        return ((HttpOptions?)Descriptor.BindOptions!(new ConfigReader(configuration.GetSection("config"), errors)), errors);
    }

    private sealed class Catalog : IPluginRegistrar
    {
        public List<PluginDescriptor> Plugins { get; } = [];

        public void AddPlugin(PluginDescriptor descriptor) => Plugins.Add(descriptor);
    }
}
