using FastEnrich;
using FastEnrich.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of a FastEnrich engine to the health checks of its host.</summary>
public static class FastEnrichHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that reports what the engine knows of its plugins, and asks no upstream: unhealthy when every plugin is, degraded when one is unhealthy, degraded or
    /// not connected yet, healthy otherwise. One system that is away does not take the service out of rotation.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What is reported when every plugin is unhealthy; <see langword="null"/> for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The check's tags.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddFastEnrich(
        this IHealthChecksBuilder builder, string name = "fastenrich", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.Add(new HealthCheckRegistration(name, static provider => new EngineHealthCheck(provider.GetRequiredService<HealthChecker>()), failureStatus, tags));
    }
}
