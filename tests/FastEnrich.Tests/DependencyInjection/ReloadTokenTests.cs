using FastEnrich.Tests.Fakes;
using FastEnrich.Tests.Plugins;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Tests.DependencyInjection;

public sealed class ReloadTokenTests
{
    private readonly WatchedTime _time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CapturingLoggers _logs = new();

    [Fact]
    public async Task Configuration_IsReloaded_ReloadsTheEngineOnceAndKeepsWhatCodeSets()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["plugins:configured:config:city"] = "Athens" }).Build();
        await using var provider = Provide(configuration);
        var manager = provider.GetRequiredService<PluginManager>();
        var host = provider.GetServices<IHostedService>().Single();
        await host.StartAsync(default);
        await manager.LoadPluginsAsync();
        var before = _time.Delays.Length;

        configuration["plugins:configured:config:city"] = "Berlin";
        configuration.Reload();
        configuration.Reload();
        await Eventually.True(() => _time.Delays.Skip(before).Contains(TimeSpan.FromMilliseconds(250)));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await Eventually.True(() => _logs.Count("ConfigurationApplied") == 1);

        Assert.Equal("Berlin", (await manager.EnrichAsync("u1")).Merged.Demographics!.City);
        Assert.Equal(42, manager.GetPlugin("configured")!.Priority);
        await host.StopAsync(default);
    }

    [Fact]
    public async Task Configuration_IsReloadedWithMistakes_IsRefusedInOneLine()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["plugins:configured:config:city"] = "Athens" }).Build();
        await using var provider = Provide(configuration);
        var host = provider.GetServices<IHostedService>().Single();
        await host.StartAsync(default);
        await provider.GetRequiredService<PluginManager>().LoadPluginsAsync();
        var before = _time.Delays.Length;

        configuration["plugins:configured:config:city"] = "lower";
        configuration["engine:timeout"] = "soon";
        configuration.Reload();
        await Eventually.True(() => _time.Delays.Skip(before).Contains(TimeSpan.FromMilliseconds(250)));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await Eventually.True(() => _logs.Count("ConfigurationRefused") == 1);

        var line = Assert.Single(_logs.Lines, static text => text.Contains("refused", StringComparison.Ordinal));
        Assert.Contains("engine:timeout", line, StringComparison.Ordinal);
        Assert.Contains("plugins:configured:config:city", line, StringComparison.Ordinal);
        Assert.Equal("Athens", (await provider.GetRequiredService<PluginManager>().EnrichAsync("u1")).Merged.Demographics!.City);
        await host.StopAsync(default);
    }

    private ServiceProvider Provide(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddSingleton<ILoggerFactory>(_logs);
        services.AddFastEnrich(configuration).AddPlugin(ConfiguredPlugin.Descriptor);
        services.AddFastEnrich(static options => options.Plugins["configured"].Priority = 42);
        return services.BuildServiceProvider();
    }
}
