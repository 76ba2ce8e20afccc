using FastEnrich.Telemetry;

namespace FastEnrich;

/// <content>The plugins' health.</content>
public sealed partial class PluginManager
{
    /// <summary>Gets what watches the health of the plugins.</summary>
    public HealthChecker Health { get; }

    private HealthChecker CreateHealth(EngineTelemetry telemetry)
    {
        var health = new HealthChecker(() => _engine.Plugins, _engine.Clock, _options.Engine.Health, telemetry, _logger);
        _stopping.Token.Register(health.Close);
        return health;
    }
}
