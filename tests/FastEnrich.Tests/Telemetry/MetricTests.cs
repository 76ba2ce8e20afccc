using System.Diagnostics.Metrics;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Telemetry;

public sealed class MetricTests : IAsyncLifetime, IMeterFactory
{
    private readonly EngineFixture _engine = new();
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Tags)> _seen = [];
    private readonly List<Meter> _meters = [];

    public MetricTests()
    {
        _engine.Options.MeterFactory = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_meters.Contains(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    [Fact]
    public async Task Requests_ColdAndWarm_AreCountedAsMissAndHit()
    {
        _engine.Add();

        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.EnrichAsync("u1", new EnrichOptions { Deadline = TimeSpan.FromSeconds(1) });

        Assert.Equal(1, Sum("fastenrich.requests", "fastenrich.outcome=miss"));
        Assert.Equal(2, Sum("fastenrich.requests", "fastenrich.outcome=hit"));
    }

    [Fact]
    public async Task Requests_StaleServedAtOnce_IsAHitAndItsRefreshIsCountedOnce()
    {
        var gate = new Gate();
        var crm = _engine.Add();
        await _engine.Manager.EnrichAsync("u1");
        _engine.Time.Advance(TimeSpan.FromMinutes(31));
        crm.Answer = gate.Pass;

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PluginState.Stale, (await _engine.Manager.EnrichAsync("u1")).Status["crm"].State);
        }

        await gate.Arrivals(1);
        gate.Fail(Results.Failure());
        await Eventually.True(() => Sum("fastenrich.plugin.results") == 2);

        Assert.Equal((1, 5), (Sum("fastenrich.requests", "fastenrich.outcome=miss"), Sum("fastenrich.requests", "fastenrich.outcome=hit")));
        Assert.Equal(1, Sum("fastenrich.plugin.results", "fastenrich.plugin=crm,fastenrich.outcome=connection_error"));
    }

    [Fact]
    public async Task Requests_CallersThatJoinAFetch_AreAMissEachAndOneResult()
    {
        var gate = new Gate();
        _engine.Add().Answer = gate.Pass;
        var callers = Enumerable.Range(0, 7).Select(_ => _engine.Manager.EnrichAsync("u1").AsTask()).ToArray();
        await gate.Arrivals(1);

        gate.Release(Results.Found());
        await Task.WhenAll(callers);

        Assert.Equal((7, 0), (Sum("fastenrich.requests", "fastenrich.outcome=miss"), Sum("fastenrich.requests", "fastenrich.outcome=hit")));
        Assert.Equal(1, Sum("fastenrich.plugin.results"));
    }

    [Fact]
    public async Task L2Reads_AnsweredAndFailed_AreCountedOncePerUserWhateverThePlugins()
    {
        var store = new FakeStore();
        _engine.Store = store;
        _engine.Add();
        _engine.Add("other");
        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.EnrichAsync("u1");
        store.BeforeRead = static _ => throw new IOException();

        await _engine.Manager.EnrichAsync("u2");

        Assert.Equal((1, 1), (Sum("fastenrich.l2.reads", "fastenrich.outcome=ok"), Sum("fastenrich.l2.reads", "fastenrich.outcome=failed")));
    }

    [Fact]
    public async Task PluginResults_EachFetch_IsCountedOnceByOutcome()
    {
        var crm = _engine.Add();
        await _engine.Manager.EnrichAsync("found");
        crm.Answer = static (_, _) => new(EnrichmentResult.NotFound());
        await _engine.Manager.EnrichAsync("not found");
        crm.Answer = static (_, _) => throw Results.Failure(PluginErrorCode.QuotaExceeded);
        await _engine.Manager.EnrichAsync("failed");

        Assert.Equal(1, Sum("fastenrich.plugin.results", "fastenrich.plugin=crm,fastenrich.outcome=found"));
        Assert.Equal(1, Sum("fastenrich.plugin.results", "fastenrich.plugin=crm,fastenrich.outcome=not_found"));
        Assert.Equal(1, Sum("fastenrich.plugin.results", "fastenrich.plugin=crm,fastenrich.outcome=quota_exceeded"));
        Assert.Equal(3, Sum("fastenrich.plugin.results"));
    }

    [Fact]
    public async Task DroppedWrites_FullWriter_AreCounted()
    {
        _engine.Store = new FakeStore { Full = true };
        _engine.Add();

        await _engine.Manager.EnrichAsync("u1");

        await Eventually.True(() => Sum("fastenrich.l2.dropped_writes") == 1);
    }

    [Fact]
    public async Task PluginResults_QueueFull_IsRejected()
    {
        var gate = new Gate();
        var crm = _engine.Add(settings: static settings => (settings.MaxConcurrency, settings.QueueCapacity) = (1, 1));
        crm.Answer = gate.Pass;
        _ = _engine.Manager.EnrichAsync("flies");
        await gate.Arrivals(1);
        _ = _engine.Manager.EnrichAsync("waits");

        await _engine.Manager.EnrichAsync("refused");

        Assert.Equal(1, Sum("fastenrich.plugin.results", "fastenrich.plugin=crm,fastenrich.outcome=rejected"));
        _listener.RecordObservableInstruments();
        Assert.Equal(1, Sum("fastenrich.plugin.flights", "fastenrich.plugin=crm"));
        Assert.Equal(1, Sum("fastenrich.plugin.queued", "fastenrich.plugin=crm"));
    }

    [Fact]
    public async Task PluginDuration_EachAttempt_IsMeasuredOnce()
    {
        var crm = _engine.Add(settings: static settings => (settings.MaxRetries, settings.RetryDelay) = (1, TimeSpan.Zero));
        crm.Answer = (_, _) => crm.Calls == 1 ? throw Results.Failure(retryable: true) : new(Results.Found());

        await _engine.Manager.EnrichAsync("u1");

        Assert.Equal(1, Count("fastenrich.plugin.duration", "fastenrich.plugin=crm,fastenrich.outcome=connection_error"));
        Assert.Equal(1, Count("fastenrich.plugin.duration", "fastenrich.plugin=crm,fastenrich.outcome=found"));
    }

    [Fact]
    public async Task PluginDuration_CallReturnsAfterItsBudget_IsMeasuredAsATimeout()
    {
        var gate = new Gate();
        var crm = _engine.Add();
        crm.Answer = gate.Pass;
        var asking = _engine.Manager.EnrichAsync("u1").AsTask();
        await gate.Arrivals(1);
        _engine.Time.Advance(TimeSpan.FromSeconds(5));
        await asking;
        Assert.Equal(0, Count("fastenrich.plugin.duration"));
        _listener.RecordObservableInstruments();
        Assert.Equal(1, Sum("fastenrich.plugin.hung", "fastenrich.plugin=crm"));

        gate.Release(Results.Found());
        await Eventually.True(() => _engine.Manager.GetPluginStatus("crm")!.Running == 0);

        Assert.Equal(1, Count("fastenrich.plugin.duration", "fastenrich.plugin=crm,fastenrich.outcome=timeout_error"));
        Assert.Equal(1, Sum("fastenrich.plugin.results"));
    }

    [Fact]
    public async Task PluginUsage_Batches_AreCountedWithTheirUsersInMetricsAndStatus()
    {
        _engine.Add("crm", static () => new FakeBatchPlugin(), settings: static settings => settings.BatchWindow = TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => _engine.Manager.EnrichAsync($"u{i}").AsTask()));

        _listener.RecordObservableInstruments();
        var status = _engine.Manager.GetPluginStatus("crm")!;
        Assert.Equal((3, true), (status.BatchedUsers, status.Batches is > 0 and <= 3));
        Assert.Equal((3, status.Batches), (Sum("fastenrich.plugin.batched_users", "fastenrich.plugin=crm"), Sum("fastenrich.plugin.batches", "fastenrich.plugin=crm")));
    }

    [Fact]
    public async Task PluginUsage_RequestsAndCredits_AreThoseOfThePluginsUpstream()
    {
        _engine.Options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "billed" },
            PluginType = typeof(BilledPlugin),
            Create = static activation => new BilledPlugin(activation.Context.Upstream),
        });
        _engine.Options.Plugins["billed"] = new PluginSettings { MaxRetries = 0 };

        await _engine.Manager.EnrichAsync("u1");
        await _engine.Manager.EnrichAsync("u2");

        _listener.RecordObservableInstruments();
        var status = _engine.Manager.GetPluginStatus("billed")!;
        Assert.Equal((2, 10), (status.Requests, status.Credits));
        Assert.Equal((2, 10), (Sum("fastenrich.plugin.requests", "fastenrich.plugin=billed"), Sum("fastenrich.plugin.credits", "fastenrich.plugin=billed")));
    }

    [Fact]
    public async Task Metrics_Names_AreOfTheMeterFastEnrich()
    {
        _engine.Add();
        await _engine.Manager.EnrichAsync("u1");
        _listener.RecordObservableInstruments();

        Assert.All(_meters, static meter => Assert.Equal("FastEnrich", meter.Name));
        lock (_seen)
        {
            Assert.Superset(new HashSet<string> { "fastenrich.requests", "fastenrich.plugin.duration", "fastenrich.plugin.results", "fastenrich.plugin.flights", "fastenrich.l1.entries", "fastenrich.l1.bytes" }, _seen.Select(static seen => seen.Name).ToHashSet());
        }
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

    private double Sum(string name, string? tags = null) => Matching(name, tags).Sum(static seen => seen.Value);

    private int Count(string name, string? tags = null) => Matching(name, tags).Length;

    private (string Name, double Value, string Tags)[] Matching(string name, string? tags)
    {
        lock (_seen)
        {
            return [.. _seen.Where(seen => seen.Name == name && (tags is null || seen.Tags == tags))];
        }
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(",", tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"));
        lock (_seen)
        {
            _seen.Add((instrument.Name, value, text));
        }
    }
}
