using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>The plugins' health.</content>
public sealed partial class PluginManager
{
    /// <summary>Gets what watches the health of the plugins.</summary>
    public HealthChecker Health { get; }

    /// <summary>Has the plugins that run watched as the engine's options say now.</summary>
    /// <param name="changed">The keys that a reload has changed.</param>
    private void AdjustHealth(List<string> changed)
    {
        if (changed.Exists(static key => key.StartsWith("engine:health:", StringComparison.Ordinal)))
        {
            Health.Adjust(changed.Contains("engine:health:window"));
        }
    }

    private HealthChecker CreateHealth(EngineTelemetry telemetry)
    {
        var health = new HealthChecker(() => _engine.Plugins, _engine.Clock, _options.Engine.Health, telemetry, _logger);
        _stopping.Token.Register(health.Close);
        return health;
    }
}
