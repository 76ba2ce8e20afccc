using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FastEnrich.Health;

/// <summary>The engine's health as the host's health checks see it, in our own words.</summary>
internal sealed class EngineHealthCheck(HealthChecker health) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var summary = health.GetHealthSummary();
        var status = summary switch
        {
            { TotalPlugins: > 0 } when summary.UnhealthyPlugins == summary.TotalPlugins => context.Registration.FailureStatus,
            _ when summary.HealthyPlugins == summary.TotalPlugins => HealthStatus.Healthy,
            _ => HealthStatus.Degraded,
        };
        var data = summary.PluginDetails.ToDictionary(static plugin => plugin.Key, static plugin => (object)plugin.Value.State.ToString());
        return Task.FromResult(new HealthCheckResult(status, $"{summary.HealthyPlugins} of {summary.TotalPlugins} plugins are healthy.", data: data));
    }
}
