using FastEnrich.Resilience;

namespace FastEnrich.Telemetry;

/// <summary>One plugin's series, with tags made once.</summary>
internal sealed class PluginTelemetry(EngineTelemetry engine, string plugin)
{
    private readonly KeyValuePair<string, object?> _plugin = new(TelemetryNames.Plugin, plugin);

    /// <summary>Gets whether anybody listens, so that clocks are not read for nobody.</summary>
    public bool Measures => engine.PluginDuration.Enabled;

    public void Attempt(in AttemptOutcome outcome, TimeSpan elapsed) =>
        engine.PluginDuration.Record(elapsed.TotalSeconds, _plugin, new(TelemetryNames.Outcome, Name(outcome)));

    public void Result(in AttemptOutcome outcome)
    {
        if (engine.PluginResults.Enabled)
        {
            engine.PluginResults.Add(1, _plugin, new(TelemetryNames.Outcome, Name(outcome)));
        }
    }

    private static string Name(in AttemptOutcome outcome) => outcome.Failure is { } failure
        ? failure.Error.Code switch
        {
            PluginErrorCode.ConnectionError => failure.State == PluginState.Rejected ? "rejected" : "connection_error",
            PluginErrorCode.AuthError => "auth_error",
            PluginErrorCode.RateLimitError => failure.State == PluginState.Rejected ? "rejected" : "rate_limit_error",
            PluginErrorCode.InvalidConfig => "invalid_config",
            PluginErrorCode.TimeoutError => failure.State == PluginState.Rejected ? "rejected" : "timeout_error",
            PluginErrorCode.QuotaExceeded => "quota_exceeded",
            _ => "invalid_response",
        }
        : outcome.Result.Kind switch
        {
            EnrichmentResultKind.Found => "found",
            EnrichmentResultKind.NotFound => "not_found",
            EnrichmentResultKind.NotModified => "not_modified",
            _ => "invalid_response",
        };
}
