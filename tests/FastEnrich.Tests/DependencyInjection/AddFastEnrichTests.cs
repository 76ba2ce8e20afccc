using FastEnrich.Tests.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FastEnrich.Tests.DependencyInjection;

public sealed class AddFastEnrichTests
{
    private readonly ServiceCollection _services = new();
    private readonly FakePlugin _plugin = new();

    [Fact]
    public async Task AddFastEnrich_Options_EnrichesThroughTheInterface()
    {
        _services.AddFastEnrich(static options => options.Plugins["crm"] = new PluginSettings()).AddPlugin(Descriptor("crm"));
        await using var provider = _services.BuildServiceProvider();
        await Start(provider);

        var profile = await provider.GetRequiredService<IProfileEnricher>().EnrichAsync("u1");

        Assert.Equal(PluginState.Fresh, profile.Status["crm"].State);
        Assert.Same(provider.GetRequiredService<PluginManager>(), provider.GetRequiredService<IProfileEnricher>());
    }

    [Fact]
    public async Task AddFastEnrich_Configuration_RunsWhatItNames()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["engine:cache_ttl"] = "1h",
            ["plugins:crm:priority"] = "7",
        }).Build();
        var builder = _services.AddFastEnrich(configuration);
        builder.AddPlugin(Descriptor("crm"));
        builder.AddPlugin(Descriptor("off"));
        await using var provider = _services.BuildServiceProvider();
        await Start(provider);

        var profile = await provider.GetRequiredService<IProfileEnricher>().EnrichAsync("u1");

        Assert.Equal(["crm"], profile.Status.Keys);
        Assert.Equal([true, false], provider.GetRequiredService<PluginManager>().ListPlugins().Select(static status => status.Enabled));
    }

    [Fact]
    public async Task AddFastEnrich_Twice_IsOneEngineWithThePluginsOfBoth()
    {
        _services.AddFastEnrich(static options => options.Plugins["a"] = new PluginSettings()).AddPlugin(Descriptor("a"));
        _services.AddFastEnrich(static options => options.Plugins["b"] = new PluginSettings()).AddPlugin(Descriptor("b"));
        await using var provider = _services.BuildServiceProvider();
        await Start(provider);

        var profile = await provider.GetRequiredService<IProfileEnricher>().EnrichAsync("u1");

        Assert.Equal(["a", "b"], profile.Status.Keys.Order());
        Assert.Single(provider.GetServices<IHostedService>());
    }

    [Fact]
    public async Task HostedService_Stops_DrainsAndDisposesThePlugins()
    {
        _services.AddFastEnrich(static options => options.Plugins["crm"] = new PluginSettings()).AddPlugin(Descriptor("crm"));
        await using var provider = _services.BuildServiceProvider();
        await Start(provider);

        await provider.GetServices<IHostedService>().Single().StopAsync(default);

        Assert.True(_plugin.Disposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => provider.GetRequiredService<IProfileEnricher>().EnrichAsync("u1").AsTask());
    }

    [Fact]
    public async Task AddFastEnrich_OptionsWithMistakes_ListsAllOfThemWhenTheHostStarts()
    {
        _services.AddFastEnrich(static options =>
        {
            options.Engine.Timeout = TimeSpan.Zero;
            options.Engine.BulkWindow = 0;
            options.Engine.L1.MaxEntries = 0;
            options.Plugins["crm"] = new PluginSettings { MaxConcurrency = 5000, BatchWindow = TimeSpan.FromSeconds(2) };
            options.Plugins["nobody"] = new PluginSettings();
        }).AddPlugin(Descriptor("crm"));
        await using var provider = _services.BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<FastEnrichConfigurationException>(() => Start(provider));

        Assert.Equal(
            ["engine:bulk_window", "engine:l1:max_entries", "engine:timeout", "plugins:crm:batch_window", "plugins:crm:max_concurrency", "plugins:nobody"],
            exception.Errors.Select(static error => error.Path).Order(StringComparer.Ordinal));
    }

    private static Task Start(ServiceProvider provider) => Task.Run(() => provider.GetServices<IHostedService>().Single().StartAsync(default));

    private PluginDescriptor Descriptor(string name) => new()
    {
        Metadata = new PluginMetadata { Name = name },
        PluginType = typeof(FakePlugin),
        Create = _ => _plugin,
    };
}
