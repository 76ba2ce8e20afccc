using FastEnrich.Caching;
using FastEnrich.Pipeline;
using FastEnrich.Plugins;
using FastEnrich.Telemetry;

namespace FastEnrich.Health;

/// <summary>Watches one plugin from its registration to its end: periodic checks, and the state that follows from them and from its calls.</summary>
internal sealed partial class PluginMonitor
{
    private static readonly long s_errorMemory = TimeSpan.FromMinutes(5).Ticks; // as IEnrichmentPlugin.CheckHealthAsync promises

    private readonly RunningPlugin _plugin;
    private readonly EngineClock _clock;
    private readonly HealthOptions _options;
    private readonly EngineTelemetry _telemetry;
    private readonly Action<HealthChange> _changed;
    private readonly Lock _lock = new();
    private readonly HealthTrend _trend;
    private CheckResult? _last;
    private DateTimeOffset _since;
    private long _lastCheckAt;
    private long _lastPassAt;
    private long _lastFailureAt;
    private long _checks;
    private long _failedChecks;
    private long _accountedAt;
    private long _upTicks;
    private long _knownTicks;
    private int _notified;

    public PluginMonitor(RunningPlugin plugin, EngineClock clock, HealthOptions options, EngineTelemetry telemetry, Action<HealthChange> changed)
    {
        (_plugin, _clock, _options, _telemetry, _changed) = (plugin, clock, options, telemetry, changed);
        _trend = new HealthTrend(Confirmations);
        _accountedAt = clock.Mono;
        _since = clock.TimeProvider.GetUtcNow();
    }

    /// <summary>Without periodic checks there is no row.</summary>
    private int Confirmations => _options.Interval == TimeSpan.Zero ? 1 : _options.Hysteresis;

    /// <summary>Gets the state as it was last found.</summary>
    public HealthState State => _trend.State;

    /// <summary>Something changed that holds at once: has it looked at on the pool, however often it is said meanwhile. Called under locks of others.</summary>
    public void Notify()
    {
        if (Interlocked.Exchange(ref _notified, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static monitor => monitor.OnNotified(), this, preferLocal: false);
        }
    }

    /// <summary>The options have changed: the pause that runs begins anew, and so does a window of another length.</summary>
    public void Adjust(bool ofWindow)
    {
        CancellationTokenSource pause;
        lock (_lock)
        {
            _trend.Confirmations = Confirmations;
            (pause, _pause) = (_pause, new CancellationTokenSource());
        }

        if (ofWindow)
        {
            _plugin.CountAnew(_options.Window);
        }

        pause.Cancel();
        BeginChecking();
    }

    /// <summary>Says how the plugin is now.</summary>
    /// <param name="counts">Whether this look counts for what has to be seen several times in a row.</param>
    public PluginHealth Look(bool counts = false)
    {
        HealthChange? change = null;
        PluginHealth health;
        lock (_lock)
        {
            var utc = _clock.TimeProvider.GetUtcNow();
            var traffic = _plugin.Traffic.Read(_clock.Mono);
            var upstream = _plugin.Lane.Owned.Condition.Read(utc);
            var verdict = HealthRules.Judge(InputsOf(traffic, upstream, utc));
            Account(_clock.Mono);
            var before = _trend.State;
            if (_trend.Observe(verdict, counts || _options.Interval == TimeSpan.Zero))
            {
                _since = utc;
                change = _plugin.Stopping.IsCancellationRequested ? null : new HealthChange(_plugin.Name, before, _trend.State, verdict.Reasons, utc);
            }

            health = Describe(verdict, traffic, upstream);
            if (change is not null)
            {
                _changed(change); // under the lock: changes are told in their order
            }
        }

        return health;
    }

    private void OnNotified()
    {
        Volatile.Write(ref _notified, 0);
        Look();
        BeginChecking();
    }

    private HealthInputs InputsOf(in TrafficReading traffic, in UpstreamStanding upstream, DateTimeOffset utc) => new()
    {
        Connection = _plugin.Connected ? ConnectionStanding.Connected : _plugin.LastErrorAt == 0 ? ConnectionStanding.Connecting : ConnectionStanding.Failed,
        Check = _last?.Outcome ?? HealthCheckOutcome.NoOpinion,
        Breaker = _plugin.Lane.BreakerNow,
        AllHang = _plugin.Lane.AllHang,
        Hung = _plugin.Hung,
        Blocked = traffic.Blocked,
        ErrorRate = traffic.Calls < HealthRules.MinimumSamples ? 0 : traffic.ErrorRate ?? 0,
        FailedLately = _plugin.LastErrorAt != 0 && utc.UtcTicks - _plugin.LastErrorAt < s_errorMemory,
        Slowness = traffic.Slowness,
        Token = upstream.Token,
        QuotaLeft = upstream.QuotaLeft ?? 1,
    };

    private void Account(long mono)
    {
        var passed = mono - _accountedAt;
        _accountedAt = mono;
        _knownTicks += _trend.State == HealthState.Unknown ? 0 : passed;
        _upTicks += _trend.State is HealthState.Healthy or HealthState.Degraded ? passed : 0;
    }

    private PluginHealth Describe(in HealthVerdict verdict, in TrafficReading traffic, in UpstreamStanding upstream) => new()
    {
        Name = _plugin.Name,
        State = _trend.State,
        Reasons = verdict.Reasons,
        Message = MessageOf(verdict),
        Since = _since,
        LastCheck = TimeOf(_lastCheckAt),
        LastCheckOutcome = _last?.Outcome,
        LastSuccess = TimeOf(Math.Max(_plugin.LastSuccessAt, _lastPassAt)),
        LastFailure = TimeOf(Math.Max(_plugin.LastErrorAt, _lastFailureAt)),
        Checks = _checks,
        FailedChecks = _failedChecks,
        Succeeded = _plugin.Succeeded,
        Failed = _plugin.Failed,
        ErrorRate = traffic.ErrorRate,
        ResponseTimes = traffic.Times,
        Uptime = _knownTicks == 0 ? null : (double)_upTicks / _knownTicks,
        Hung = _plugin.Hung,
        Blocked = _plugin.Lane.Blocked,
        TokenExpiresAt = upstream.TokenExpiresAt,
        QuotaLeft = upstream.QuotaLeft,
    };

    private string? MessageOf(in HealthVerdict verdict)
    {
        if (verdict.State == HealthState.Healthy)
        {
            return null;
        }

        var message = _last is { HasFailed: true, Message: { } said } ? said : _plugin.LastError?.Message;
        return message is null ? null : HealthText.Clean(message);
    }

    private static DateTimeOffset? TimeOf(long utcTicks) => ProfileEntry.Time(utcTicks == 0 ? null : utcTicks);
}
