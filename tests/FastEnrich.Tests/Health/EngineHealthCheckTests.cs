using FastEnrich.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Tests.Health;

/// <summary>The host's health checks, through a real service provider.</summary>
public sealed class EngineHealthCheckTests : IAsyncLifetime
{
    private ServiceProvider? _services;

    [Theory]
    [InlineData("", HealthStatus.Healthy)]
    [InlineData("a=up b=up", HealthStatus.Healthy)]
    [InlineData("a=up b=down", HealthStatus.Degraded)]
    [InlineData("a=down b=down", HealthStatus.Unhealthy)]
    public async Task CheckHealth_Plugins_GiveTheHostsStatus(string plugins, HealthStatus status)
    {
        var report = await CheckAsync(plugins);

        Assert.Equal(status, report.Status);
        Assert.Equal(["ready"], Assert.Single(report.Entries).Value.Tags);
    }

    [Fact]
    public async Task CheckHealth_FailureStatus_IsReportedInItsPlace() =>
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync("a=down", failureStatus: HealthStatus.Degraded)).Status);

    [Fact]
    public async Task CheckHealth_SomeDown_TellsStatesAndNothingOfThePlugins()
    {
        var report = await CheckAsync("a=up b=down");

        var (name, entry) = Assert.Single(report.Entries);
        Assert.Equal(("fastenrich", "1 of 2 plugins are healthy."), (name, entry.Description));
        Assert.Equal([("a", "Healthy"), ("b", "Unhealthy")], entry.Data.Select(static pair => (pair.Key, (string)pair.Value)));
    }

    [Fact]
    public async Task CheckHealth_NotConnectedYet_IsDegraded()
    {
        var services = Services("a=up");

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Degraded, report.Status);
    }

    [Fact]
    public void HealthChecker_FromServices_IsTheManagers() =>
        Assert.Same(Services("").GetRequiredService<PluginManager>().Health, Services("").GetRequiredService<HealthChecker>());

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<HealthReport> CheckAsync(string plugins, HealthStatus? failureStatus = null)
    {
        var services = Services(plugins, failureStatus);
        var manager = services.GetRequiredService<PluginManager>();
        await manager.StartAsync();
        await Eventually.True(() => manager.Health.GetHealthSummary().UnknownPlugins == 0);
        await manager.Health.ForceCheckAsync();
        return await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
    }

    private ServiceProvider Services(string plugins, HealthStatus? failureStatus = null)
    {
        if (_services is not null)
        {
            return _services;
        }

        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddFastEnrich(options =>
        {
            options.Engine.Health.Hysteresis = 1;
            foreach (var plugin in plugins.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static text => text.Split('=')))
            {
                options.AddPlugin(new PluginDescriptor
                {
                    Metadata = new PluginMetadata { Name = plugin[0] },
                    PluginType = typeof(FakePlugin),
                    Create = _ => new FakePlugin
                    {
                        Check = _ => plugin[1] == "up" ? new(true) : throw new PluginException(plugin[0], "check", "planted", PluginErrorCode.AuthError),
                    },
                });
                options.Plugins[plugin[0]] = new PluginSettings();
            }
        });
        services.AddHealthChecks().AddFastEnrich(failureStatus: failureStatus, tags: ["ready"]);
        return _services = services.BuildServiceProvider();
    }
}
