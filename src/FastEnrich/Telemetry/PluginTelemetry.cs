using System.Diagnostics;
using FastEnrich.Resilience;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Telemetry;

/// <summary>One plugin's series and activities, with tags made once.</summary>
internal sealed class PluginTelemetry(EngineTelemetry engine, string plugin)
{
    private readonly KeyValuePair<string, object?> _plugin = new(TelemetryNames.Plugin, plugin);

    public PluginUsage Usage { get; } = engine.UsageOf(plugin);

    /// <summary>Begins an attempt; nothing is made when nobody listens.</summary>
    public Attempt Start(int epoch, long now, int number, int users)
    {
        var activity = EngineTelemetry.Activities.HasListeners() ? EngineTelemetry.Activities.StartActivity(TelemetryNames.FetchActivity, ActivityKind.Client) : null;
        activity?.SetTag(TelemetryNames.Plugin, plugin);
        return new(now, activity, epoch, number, users);
    }

    public void Stop(in Attempt attempt, in AttemptOutcome outcome, long now)
    {
        if (engine.PluginDuration.Enabled)
        {
            engine.PluginDuration.Record((double)(now - attempt.StartedAt) / TimeSpan.TicksPerSecond, _plugin, new(TelemetryNames.Outcome, Name(outcome)));
        }

        if (attempt.Activity is { } activity)
        {
            activity.SetTag(TelemetryNames.Outcome, Name(outcome));
            activity.SetStatus(outcome.Failure is null ? ActivityStatusCode.Unset : ActivityStatusCode.Error); // no text: it may be the vendor's
            activity.Dispose();
        }
    }

    /// <summary>Writes the attempt's line, for whoever looks at this plugin.</summary>
    public void Write(ILogger? logger, in Attempt attempt, in AttemptOutcome outcome, long now)
    {
        if (logger?.IsEnabled(LogLevel.Debug) == true)
        {
            var milliseconds = (double)(now - attempt.StartedAt) / TimeSpan.TicksPerMillisecond;
            Log.PluginAttempt(logger, plugin, attempt.Users == 0 ? "enrich" : "enrich_batch", attempt.Number, Name(outcome), milliseconds, Math.Max(1, attempt.Users));
        }
    }

    public void Result(in AttemptOutcome outcome)
    {
        if (engine.PluginResults.Enabled)
        {
            engine.PluginResults.Add(1, _plugin, new(TelemetryNames.Outcome, Name(outcome)));
        }
    }

    private static string Name(in AttemptOutcome outcome) => outcome.Failure is { } failure ? Name(failure) : outcome.Result.Kind switch
    {
        EnrichmentResultKind.Found => "found",
        EnrichmentResultKind.NotFound => "not_found",
        EnrichmentResultKind.NotModified => "not_modified",
        _ => "invalid_response",
    };

    private static string Name(Caching.SlotFailure failure) => failure.State == PluginState.Rejected ? "rejected" : failure.Error.Code switch
    {
        PluginErrorCode.ConnectionError => "connection_error",
        PluginErrorCode.AuthError => "auth_error",
        PluginErrorCode.RateLimitError => "rate_limit_error",
        PluginErrorCode.InvalidConfig => "invalid_config",
        PluginErrorCode.TimeoutError => "timeout_error",
        PluginErrorCode.QuotaExceeded => "quota_exceeded",
        _ => "invalid_response",
    };
}
