using System.Diagnostics.Metrics;
using System.Reflection;
using FastEnrich.Telemetry;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Telemetry;

/// <summary>Holds docs/telemetry.md to what the engine has; the Redis tier's tests hold it to theirs.</summary>
public sealed class TelemetryPageTests : IAsyncLifetime, IMeterFactory
{
    private readonly EngineFixture _engine = new();
    private readonly MeterListener _listener = new();
    private readonly List<Meter> _meters = [];
    private readonly List<Instrument> _instruments = [];
    private readonly Dictionary<string, string> _tags = [];

    public TelemetryPageTests()
    {
        _engine.Options.MeterFactory = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        _listener.Start();
    }

    [Fact]
    public void Page_Instruments_AreThoseOfTheEngine()
    {
        _ = _engine.Manager;

        Assert.Equal(_instruments.Select(TelemetryPage.Of).Order(StringComparer.Ordinal), TelemetryPage.Rows(redis: false));
    }

    [Fact]
    public async Task Page_Tags_AreThoseMeasured()
    {
        _engine.Options.Store = new FakeStore();
        _engine.Add("crm", static () => new FakeBatchPlugin(), settings: static settings => settings.BatchWindow = TimeSpan.Zero);
        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.Health.ForceCheckAsync();

        _listener.RecordObservableInstruments();

        var page = TelemetryPage.Tags();
        lock (_tags)
        {
            Assert.Superset(new HashSet<string> { "fastenrich.requests", "fastenrich.plugin.duration", "fastenrich.plugin.results", "fastenrich.plugin.health", "fastenrich.plugin.checks", "fastenrich.l2.reads" }, _tags.Keys.ToHashSet());
            Assert.All(_tags, measured => Assert.Equal(measured.Value, page[measured.Key]));
        }
    }

    [Fact]
    public void Page_EveryNameInTheCode_IsOnIt()
    {
        var names = typeof(TelemetryNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.True(names.Length > 25);
        Assert.All(names, static name => Assert.Contains($"`{name}`", TelemetryPage.Text, StringComparison.Ordinal));
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public void Dispose() => _listener.Dispose();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _listener.Dispose();
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(", ", tags.ToArray().Select(static tag => tag.Key.Replace("fastenrich.", "", StringComparison.Ordinal)));
        lock (_tags)
        {
            _tags[instrument.Name] = text;
        }
    }
}
