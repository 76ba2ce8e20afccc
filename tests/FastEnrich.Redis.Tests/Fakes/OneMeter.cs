using System.Diagnostics.Metrics;

namespace FastEnrich.Redis.Tests.Fakes;

/// <summary>A meter that only one test listens to, and what it counted.</summary>
internal sealed class OneMeter : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];
    private readonly Meter _meter = new("FastEnrich");

    public OneMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
    }

    /// <summary>What was counted, as in <c>fastenrich.redis.writes written</c>.</summary>
    public long this[string what]
    {
        get
        {
            lock (_counts)
            {
                return _counts.GetValueOrDefault(what);
            }
        }
    }

    /// <summary>Asks those that are asked, once.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public long Sum(string instrument)
    {
        lock (_counts)
        {
            return _counts.Where(count => count.Key.StartsWith(instrument, StringComparison.Ordinal)).Sum(static count => count.Value);
        }
    }

    public Meter Create(MeterOptions options) => _meter;

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var what = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
        lock (_counts)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + value;
        }
    }
}
