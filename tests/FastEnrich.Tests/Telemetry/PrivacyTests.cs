using System.Diagnostics;
using System.Diagnostics.Metrics;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Tests.Telemetry;

/// <summary>Planted ids, identities and secrets come out nowhere but in the profile itself.</summary>
public sealed class PrivacyTests : IAsyncLifetime
{
    private const string User = "user-planted-7731";
    private const string Email = "planted-7731@example.com";
    private const string Secret = "sk-planted-7731";
    private const string Planted = "planted-7731";

    private readonly EngineFixture _engine = new();
    private readonly CapturingLoggers _logs = new();
    private readonly List<string> _told = [];
    private readonly MeterListener _metrics = new();
    private readonly ActivityListener _activities;

    public PrivacyTests()
    {
        _engine.Options.LoggerFactory = _logs;
        _engine.WaitsForConnect = false;
        _metrics.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "FastEnrich")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Tell(instrument.Name, tags));
        _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Tell(instrument.Name, tags));
        _metrics.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Tell(instrument.Name, tags));
        _metrics.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "FastEnrich",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Tell($"{activity.DisplayName} {activity.StatusDescription} {string.Join(",", activity.Events.Select(static e => e.Name))}", activity.TagObjects.ToArray()),
        };
        ActivitySource.AddActivityListener(_activities);
    }

    [Fact]
    public async Task Everything_IdsIdentitiesAndSecretsArePlanted_TellsNoneOfThem()
    {
        await Provoke();

        _metrics.RecordObservableInstruments();
        string[] told;
        lock (_told)
        {
            told = [.. _told];
        }

        Assert.Contains(told, static text => text.StartsWith("fastenrich.fetch", StringComparison.Ordinal));
        Assert.Contains(told, static text => text.StartsWith("fastenrich.plugin.results", StringComparison.Ordinal));
        Assert.True(_logs.Count("PluginConnectFailed") > 0 && _logs.Count("BreakerOpened") > 0 && _logs.Count("PluginAttempt") > 0, "the logs were provoked");
        Assert.DoesNotContain(told, static text => text.Contains(Planted, StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.Lines, static text => text.Contains(Planted, StringComparison.Ordinal));
        Assert.All(_engine.Manager.ListPlugins(), static status => Assert.DoesNotContain(Planted, $"{status} {status.LastError}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ToString_ProfilesRequestsAndInspections_NameNobody()
    {
        _engine.Add();
        var request = new EnrichmentRequest(User, new Dictionary<string, string> { ["email"] = Email });
        var profile = await _engine.Manager.EnrichAsync(request);

        Assert.DoesNotContain(Planted, $"{request} {profile} {profile.Merged} {_engine.Manager.Inspect(User)} {Results.Found(User, identities: ("email", Email))}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchActivity_EachAttempt_CarriesPluginAndOutcome()
    {
        var crm = _engine.Add("activity-test", settings: static settings => (settings.MaxRetries, settings.RetryDelay) = (1, TimeSpan.Zero));
        crm.Answer = (_, _) => crm.Calls == 1 ? throw Results.Failure(retryable: true) : new(Results.Found());

        await _engine.Manager.EnrichAsync("u1");

        lock (_told)
        {
            Assert.Equal(
                ["fastenrich.plugin=activity-test,fastenrich.outcome=connection_error", "fastenrich.plugin=activity-test,fastenrich.outcome=found"],
                _told.Where(static text => text.StartsWith("fastenrich.fetch", StringComparison.Ordinal) && text.Contains("activity-test", StringComparison.Ordinal)).Select(static text => text.Split('|')[1]));
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _metrics.Dispose();
        _activities.Dispose();
    }

    private async Task Provoke()
    {
        var crm = _engine.Add("crm", needs: [new IdentityNeed("email", true)], settings: static settings => settings.LogLevel = Microsoft.Extensions.Logging.LogLevel.Trace);
        var web = _engine.Add("web");
        web.Connect = static _ => throw new InvalidOperationException($"{Secret} refused for {Email}");
        var identities = new Dictionary<string, string> { ["email"] = Email };
        await _engine.Manager.EnrichAsync(new EnrichmentRequest(User, identities));
        crm.Answer = static (request, _) => throw new InvalidOperationException($"GET /{request.UserId}?email={Email} with {Secret}");
        for (var i = 0; i < 25; i++)
        {
            await _engine.Manager.EnrichAsync(new EnrichmentRequest($"{User} {i}", identities));
        }

        await Eventually.True(() => _logs.Count("PluginConnectFailed") > 0);
        await _engine.Manager.ForgetAsync(User);
        await Assert.ThrowsAsync<ArgumentException>(() => _engine.Manager.EnrichAsync(User + new string('x', 600)).AsTask());
    }

    private void Tell(string name, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = $"{name}|{string.Join(",", tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}"))}";
        lock (_told)
        {
            _told.Add(text);
        }
    }
}
