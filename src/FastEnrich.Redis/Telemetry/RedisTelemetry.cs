using System.Diagnostics.Metrics;
using FastEnrich.Telemetry;

namespace FastEnrich.Redis.Telemetry;

/// <summary>The tier's series of the meter <c>FastEnrich</c>.</summary>
internal sealed class RedisTelemetry : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _reads;
    private readonly Histogram<double> _readDuration;
    private readonly Counter<long> _records;
    private readonly Counter<long> _writes;
    private readonly Counter<long> _erasures;
    private readonly Counter<long> _reconnects;

    public RedisTelemetry(IMeterFactory? factory)
    {
        _meter = factory?.Create(TelemetryNames.Source) ?? new Meter(TelemetryNames.Source);
        _reads = _meter.CreateCounter<long>(TelemetryNames.RedisReads, "{read}", "Reads of Redis, by outcome.");
        _readDuration = _meter.CreateHistogram<double>(TelemetryNames.RedisReadDuration, "s", "Time of one answered read of Redis.");
        _records = _meter.CreateCounter<long>(TelemetryNames.RedisRecords, "{record}", "Records asked of Redis, by outcome.");
        _writes = _meter.CreateCounter<long>(TelemetryNames.RedisWrites, "{record}", "Records for Redis, by what became of them.");
        _erasures = _meter.CreateCounter<long>(TelemetryNames.RedisErasures, "{erasure}", "Erasures in Redis, by whether they were confirmed.");
        _reconnects = _meter.CreateCounter<long>(TelemetryNames.RedisReconnects, "{connection}", "Connections to Redis that were made again.");
    }

    public bool MeasuresReads => _readDuration.Enabled;

    public void Read(string outcome) => Count(_reads, 1, outcome);

    public void ReadTook(TimeSpan duration) => _readDuration.Record(duration.TotalSeconds);

    public void Records(int hits, int misses, int unreadable)
    {
        Count(_records, hits, "hit");
        Count(_records, misses, "miss");
        Count(_records, unreadable, "unusable");
    }

    public void Written(string outcome, int records = 1) => Count(_writes, records, outcome);

    public void Erased(bool confirmed) => Count(_erasures, 1, confirmed ? "ok" : "failed");

    public void Reconnected() => _reconnects.Add(1);

    public void Observe(Func<bool> isConnected, Func<bool> isOpen, Func<int> queued, Func<long> forgetsGivenUp)
    {
        _meter.CreateObservableGauge(TelemetryNames.RedisConnected, () => isConnected() ? 1 : 0, "{connection}", "1 while Redis is connected.");
        _meter.CreateObservableGauge(
            TelemetryNames.RedisBreakerOpen,
            () => isOpen() ? 1 : 0,
            "{breaker}",
            "1 while Redis, or a part of its cluster, does not answer in time and is not asked.");
        _meter.CreateObservableGauge(TelemetryNames.RedisQueued, queued, "{record}", "Records that wait to be written.");
        _meter.CreateObservableCounter(TelemetryNames.RedisForgetsGivenUp, forgetsGivenUp, "{forget}", "Forgets that Redis never confirmed and that are not repeated any more.");
    }

    public void Dispose() => _meter.Dispose();

    private static void Count(Counter<long> counter, int count, string outcome)
    {
        if (count > 0 && counter.Enabled)
        {
            counter.Add(count, new KeyValuePair<string, object?>(TelemetryNames.Outcome, outcome));
        }
    }
}
