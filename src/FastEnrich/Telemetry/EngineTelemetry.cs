using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FastEnrich.Telemetry;

/// <summary>The engine's meter and activity source, both named <c>FastEnrich</c>.</summary>
internal sealed class EngineTelemetry : IDisposable
{
    private static readonly KeyValuePair<string, object?> s_hit = new(TelemetryNames.Outcome, "hit");
    private static readonly KeyValuePair<string, object?> s_miss = new(TelemetryNames.Outcome, "miss");
    private static readonly KeyValuePair<string, object?> s_ok = new(TelemetryNames.Outcome, "ok");
    private static readonly KeyValuePair<string, object?> s_failed = new(TelemetryNames.Outcome, "failed");

    private readonly ConcurrentDictionary<string, PluginUsage> _usages = new(StringComparer.Ordinal);
    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _checks;
    private readonly Counter<long> _l2Reads;
    private readonly Counter<long> _l2DroppedWrites;

    public EngineTelemetry(IMeterFactory? factory)
    {
        _meter = factory?.Create(TelemetryNames.Source) ?? new Meter(TelemetryNames.Source);
        _requests = _meter.CreateCounter<long>(TelemetryNames.Requests, "{request}", "Requests, by whether memory answered them at once.");
        _l2Reads = _meter.CreateCounter<long>(TelemetryNames.L2Reads, "{read}", "Reads of the second tier, by outcome.");
        _l2DroppedWrites = _meter.CreateCounter<long>(TelemetryNames.L2DroppedWrites, "{record}", "Records that the second tier's writer had no room for.");
        _checks = _meter.CreateCounter<long>(TelemetryNames.PluginChecks, "{check}", "Checks of plugins' health, by plugin and outcome.");
        PluginDuration = _meter.CreateHistogram<double>(TelemetryNames.PluginDuration, "s", "Time of one call to an upstream, by plugin and outcome.");
        PluginResults = _meter.CreateCounter<long>(TelemetryNames.PluginResults, "{result}", "Results of fetches, by plugin and outcome.");
    }

    public static ActivitySource Activities { get; } = new(TelemetryNames.Source);

    public Histogram<double> PluginDuration { get; }

    public Counter<long> PluginResults { get; }

    public void Hit()
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, s_hit);
        }
    }

    public void Miss()
    {
        if (_requests.Enabled)
        {
            _requests.Add(1, s_miss);
        }
    }

    public void L2Read(bool ok) => _l2Reads.Add(1, ok ? s_ok : s_failed);

    public void L2DroppedWrite() => _l2DroppedWrites.Add(1);

    /// <summary>Returns what a plugin used so far; counted on over reloads, as counters must be.</summary>
    public PluginUsage UsageOf(string plugin) => _usages.GetOrAdd(plugin, static _ => new PluginUsage());

    /// <summary>Returns what a plugin used so far; null for one that never ran.</summary>
    public PluginUsage? FindUsage(string plugin) => _usages.GetValueOrDefault(plugin);

    public void Observe(Func<(int Entries, long Bytes, long Evictions)> l1, Func<IEnumerable<(string Plugin, int Flights, int Queued, int Hung)>> lanes)
    {
        _meter.CreateObservableGauge(TelemetryNames.L1Entries, () => l1().Entries, "{user}", "Users held in memory.");
        _meter.CreateObservableGauge(TelemetryNames.L1Bytes, () => l1().Bytes, "By", "Bytes that held users count for.");
        _meter.CreateObservableCounter(TelemetryNames.L1Evictions, () => l1().Evictions, "{user}", "Users that made room for others.");
        ObserveUsages();
        _meter.CreateObservableGauge(
            TelemetryNames.PluginFlights,
            () => lanes().Select(static lane => new Measurement<int>(lane.Flights, Tag(lane.Plugin))),
            "{call}",
            "Calls in flight, hung ones included.");
        _meter.CreateObservableGauge(
            TelemetryNames.PluginQueued,
            () => lanes().Select(static lane => new Measurement<int>(lane.Queued, Tag(lane.Plugin))),
            "{user}",
            "Users that wait for a free call.");
        _meter.CreateObservableGauge(
            TelemetryNames.PluginHung,
            () => lanes().Select(static lane => new Measurement<int>(lane.Hung, Tag(lane.Plugin))),
            "{call}",
            "Calls that did not return within their budget.");
    }

    public void ObserveHealth(Func<IEnumerable<(string Plugin, HealthState State)>> plugins) =>
        _meter.CreateObservableGauge(
            TelemetryNames.PluginHealth,
            () => plugins().Select(static plugin => new Measurement<int>(LevelOf(plugin.State), Tag(plugin.Plugin))),
            "{level}",
            "Health of a plugin: 2 healthy, 1 degraded, 0 unhealthy, -1 unknown.");

    public void Checked(string plugin, HealthCheckOutcome outcome)
    {
        if (_checks.Enabled)
        {
            _checks.Add(1, Tag(plugin), new(TelemetryNames.Outcome, NameOf(outcome)));
        }
    }

    public void Dispose() => _meter.Dispose();

    private void ObserveUsages()
    {
        _meter.CreateObservableCounter(TelemetryNames.PluginRequests, () => Usages(static usage => usage.Upstream.Requests), "{request}", "Requests sent to an upstream.");
        _meter.CreateObservableCounter(
            TelemetryNames.PluginCredits,
            () => Usages(static usage => usage.Upstream.Credits),
            "{credit}",
            "Units that an upstream bills or budgets, where it has some.");
        _meter.CreateObservableCounter(TelemetryNames.PluginBatches, () => Usages(static usage => usage.Batches), "{batch}", "Calls of a plugin for several users at once.");
        _meter.CreateObservableCounter(TelemetryNames.PluginBatchedUsers, () => Usages(static usage => usage.BatchedUsers), "{user}", "Users in such calls.");
    }

    private IEnumerable<Measurement<long>> Usages(Func<PluginUsage, long> read) => _usages.Select(usage => new Measurement<long>(read(usage.Value), Tag(usage.Key)));

    private static int LevelOf(HealthState state) => state switch
    {
        HealthState.Healthy => 2,
        HealthState.Degraded => 1,
        HealthState.Unhealthy => 0,
        _ => -1,
    };

    private static string NameOf(HealthCheckOutcome outcome) => outcome switch
    {
        HealthCheckOutcome.Passed => "passed",
        HealthCheckOutcome.NoOpinion => "no_opinion",
        HealthCheckOutcome.Failed => "failed",
        _ => "timed_out",
    };

    private static KeyValuePair<string, object?> Tag(string plugin) => new(TelemetryNames.Plugin, plugin);
}
