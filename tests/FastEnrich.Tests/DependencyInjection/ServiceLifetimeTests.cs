using FastEnrich.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FastEnrich.Tests.DependencyInjection;

public sealed class ServiceLifetimeTests
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public void Create_ScopedService_IsAStartUpErrorThatNamesIt()
    {
        _services.AddScoped<Session>();

        var error = Assert.Throws<PluginException>(() => Start(static activation => PluginServices.Required<Session>(activation)));

        Assert.Equal(PluginErrorCode.InvalidConfig, error.Code);
        Assert.Contains("'crm'", error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(Session).ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("scoped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ScopedServiceBehindANullableParameter_IsOneToo()
    {
        _services.AddScoped<Session>();

        Assert.Throws<PluginException>(() => Start(static activation => PluginServices.Optional<Session>(activation)));
    }

    [Fact]
    public void Create_OpenScopedService_IsFoundByItsDefinition()
    {
        _services.AddScoped(typeof(Box<>));

        Assert.Throws<PluginException>(() => Start(static activation => PluginServices.Optional<Box<int>>(activation)));
    }

    [Fact]
    public void Create_ScopedUnderOneKey_LeavesTheOthers()
    {
        _services.AddKeyedScoped<Session>("a").AddKeyedSingleton<Session>("b").AddSingleton<Session>();

        Start(static activation => (PluginServices.Required<Session>(activation), PluginServices.Required<Session>(activation, "b")));
        Assert.Throws<PluginException>(() => Start(static activation => PluginServices.Required<Session>(activation, "a")));
    }

    [Fact]
    public void Create_RegisteredAgainAsSingleton_CountsTheLast()
    {
        _services.AddScoped<Session>().AddSingleton<Session>();

        Start(static activation => PluginServices.Required<Session>(activation));
    }

    /// <summary>Makes the engine, and the plugin with what it asks for.</summary>
    private void Start(Func<PluginActivation, object?> ask)
    {
        var services = new ServiceCollection();
        foreach (var service in _services)
        {
            ((ICollection<ServiceDescriptor>)services).Add(service);
        }

        services.AddFastEnrich(static options => options.Plugins["crm"] = new PluginSettings()).AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "crm" },
            PluginType = typeof(FakePlugin),
            Create = activation =>
            {
                ask(activation);
                return new FakePlugin();
            },
        });
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<PluginManager>();
    }

    private sealed class Session;

    private sealed class Box<T>;
}
