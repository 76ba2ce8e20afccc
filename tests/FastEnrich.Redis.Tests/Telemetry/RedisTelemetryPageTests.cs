using System.Diagnostics.Metrics;
using FastEnrich.Redis.Telemetry;
using FastEnrich.Tests.Telemetry;

namespace FastEnrich.Redis.Tests.Telemetry;

/// <summary>Holds docs/telemetry.md to what the tier has.</summary>
public sealed class RedisTelemetryPageTests : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly Dictionary<string, string> _tags = [];

    [Fact]
    public void Page_InstrumentsAndTags_AreThoseOfTheTier()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (_meters.Contains(instrument.Meter))
                {
                    instruments.Add(instrument);
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        listener.Start();
        using var telemetry = new RedisTelemetry(this);
        telemetry.Observe(static () => true, static () => false, static () => 0, static () => 0);

        telemetry.Read("ok");
        telemetry.ReadTook(TimeSpan.FromSeconds(1));
        telemetry.Records(1, 1, 1);
        telemetry.Written("written");
        telemetry.Erased(true);
        telemetry.Reconnected();
        listener.RecordObservableInstruments();

        Assert.Equal(instruments.Select(TelemetryPage.Of).Order(StringComparer.Ordinal), TelemetryPage.Rows(redis: true));
        var page = TelemetryPage.Tags();
        Assert.Equal(instruments.Count, _tags.Count);
        Assert.All(_tags, measured => Assert.Equal(measured.Value, page[measured.Key]));
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _meters.ForEach(static meter => meter.Dispose());

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _tags[instrument.Name] = string.Join(", ", tags.ToArray().Select(static tag => tag.Key.Replace("fastenrich.", "", StringComparison.Ordinal)));
}
