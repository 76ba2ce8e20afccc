using FastEnrich.Generators.Tests.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Generators.Tests.Registry;

public sealed class DescriptorTests
{
    private readonly PluginDescriptor _descriptor = new CapturingRegistrar().AddAllPlugins().Plugins.Single(p => p.Name == "sample");

    [Fact]
    public void AddAllPlugins_OwnPlugins_AddsEachOnce() => Assert.Equal(["sample", "second"], new CapturingRegistrar().AddAllPlugins().Plugins.Select(p => p.Name).Where(n => !n.StartsWith("parity", StringComparison.Ordinal)));

    [Fact]
    public void AddGeneratedPlugins_Chained_ReturnsTheSameRegistrar()
    {
        var registrar = new CapturingRegistrar();

        Assert.Same(registrar, registrar.AddGeneratedPlugins().AddAllPlugins());
    }

    [Fact]
    public void Metadata_EveryAttribute_IsCarried()
    {
        var metadata = _descriptor.Metadata;

        Assert.Equal(("sample", "2.1.0", "Says \"hello\"", "Someone", "https://example.com", "MIT"), (metadata.Name, metadata.Version, metadata.Description, metadata.Author, metadata.Website, metadata.License));
        Assert.Equal(("0.1.0", "9.0.0"), (metadata.MinEngineVersion, metadata.MaxEngineVersion));
        Assert.Equal(["example"], _descriptor.Aliases);
        Assert.Equal(["user_demographics"], metadata.Capabilities);
        Assert.Equal(["crm", "test"], metadata.Tags!);
        Assert.Equal(["second"], metadata.Dependencies!);
        Assert.Equal(["email", "x_username"], _descriptor.Provides);
        Assert.Equal([new IdentityNeed("sample_id", false), new IdentityNeed("phone", true)], _descriptor.Needs);
        Assert.Equal(["second"], _descriptor.DependsOn);
        Assert.Equal((typeof(SamplePlugin), typeof(SampleOptions)), (_descriptor.PluginType, _descriptor.OptionsType!));
    }

    [Fact]
    public void ConfigSchema_EveryProperty_IsDescribed()
    {
        var schema = _descriptor.Metadata.ConfigSchema;

        Assert.Equal(["api_key"], schema.Required);
        Assert.Equal(new ConfigProperty { Type = ConfigPropertyType.String, Description = "API base URL", Default = "https://api.example.com", Pattern = "^https?://" }, schema.Properties["api_url"]);
        Assert.Equal(new ConfigProperty { Type = ConfigPropertyType.String, Description = "Token", Required = true, Sensitive = true }, schema.Properties["api_key"]);
        Assert.Equal(new ConfigProperty { Type = ConfigPropertyType.Integer, Default = "30", Minimum = 1, Maximum = 300 }, schema.Properties["timeout"]);
        Assert.Equal(new ConfigProperty { Type = ConfigPropertyType.Duration, Default = "120s", Maximum = 3600 }, schema.Properties["window"]);
        Assert.Equal(["first_seen", "last_seen"], schema.Properties["mode"].Enum!);
        Assert.Equal("first_seen", schema.Properties["mode"].Default);
        Assert.Equal(ConfigPropertyType.Object, schema.Properties["retry"].Type);
        Assert.Equal(new ConfigProperty { Type = ConfigPropertyType.Integer, Format = "byte-size", Default = "1048576", Minimum = 1024 }, schema.Properties["max_body"]);
        Assert.Equal((ConfigPropertyType.Object, "byte-size"), (schema.Properties["quotas"].Type, schema.Properties["quotas"].Format));
    }

    [Fact]
    public void Create_AllServicesThere_BindsEveryParameter()
    {
        var options = new SampleOptions { ApiKey = "k" };
        var service = new Service();
        var activation = Activation(options, service);

        var plugin = Assert.IsType<SamplePlugin>(_descriptor.Create(activation));

        Assert.Same(options, plugin.Options);
        Assert.Same(activation.Context, plugin.Context);
        Assert.Same(TimeProvider.System, plugin.Time);
        Assert.Same(activation.Context.Logger, plugin.Logger);
        Assert.Equal((service, service), (plugin.Optional, plugin.Required));
        Assert.False(plugin.Typed.IsEnabled(LogLevel.Critical));
    }

    [Fact]
    public void Create_ServiceMissing_NamesPluginAndService()
    {
        var error = Assert.Throws<PluginException>(() => _descriptor.Create(Activation(new SampleOptions { ApiKey = "k" }, default(Service))));

        Assert.Equal(PluginErrorCode.InvalidConfig, error.Code);
        Assert.Contains("'sample'", error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(ISampleService).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_KeyedServices_AreFoundByTheirKeys()
    {
        var (plain, blue, last) = (new Service(), new Service(), new Service());
        using var services = new ServiceCollection()
            .AddSingleton<ISampleService>(plain)
            .AddKeyedSingleton<ISampleService>("blue", blue)
            .AddKeyedSingleton<ISampleService>(SampleMode.LastSeen, last)
            .BuildServiceProvider();

        var plugin = Assert.IsType<SamplePlugin>(_descriptor.Create(Activation(new SampleOptions { ApiKey = "k" }, services)));

        Assert.Equal((plain, blue, last), (plugin.Required, plugin.Keyed, plugin.KeyedByEnum));
    }

    private PluginActivation Activation(SampleOptions options, IServiceProvider services) =>
        new(new PluginContext(_descriptor, null!, TimeProvider.System, NullLogger.Instance), options, services);

    private PluginActivation Activation(SampleOptions options, Service? service) =>
        new(new PluginContext(_descriptor, null!, TimeProvider.System, NullLogger.Instance), options, new Services(service));

    private sealed class Service : ISampleService;

    private sealed class Services(Service? service) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(ISampleService) ? service : null;
    }
}
