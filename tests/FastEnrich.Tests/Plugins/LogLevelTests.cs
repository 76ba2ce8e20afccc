using FastEnrich.Tests.Configuration;
using FastEnrich.Tests.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FastEnrich.Tests.Plugins;

/// <summary>How much one plugin logs, by configuration and at run time.</summary>
public sealed class LogLevelTests : IAsyncDisposable
{
    private const string User = "user-4711";

    private readonly EngineFixture _engine = new();
    private readonly FilteredLoggers _logs = new();

    public LogLevelTests() => _engine.Options.LoggerFactory = _logs;

    [Fact]
    public async Task Debug_EachAttempt_IsOneLineWithoutTheUser()
    {
        var crm = _engine.Add("crm", settings: static settings => (settings.MaxRetries, settings.RetryDelay, settings.LogLevel) = (1, TimeSpan.Zero, LogLevel.Debug));
        _engine.Add("other");
        crm.Answer = (_, _) => crm.Calls == 1 ? throw Results.Failure(retryable: true) : new(Results.Found());

        await _engine.Manager.EnrichAsync(User);
        await _engine.Manager.EnrichAsync(User);

        Assert.Equal(
            [
                "Information Plugin crm: enrich, attempt 1: connection_error after 0 ms, users: 1.",
                "Information Plugin crm: enrich, attempt 2: found after 0 ms, users: 1.",
            ],
            _logs.Attempts);
    }

    [Fact]
    public async Task SetLogLevel_AtRunTime_HoldsAtOnceAndForLaterInstances()
    {
        _engine.Add("crm");
        var manager = _engine.Manager;
        await manager.EnrichAsync("a");
        Assert.Null(manager.GetLogLevel("crm"));
        Assert.Empty(_logs.Attempts);

        manager.SetLogLevel("crm", LogLevel.Debug);
        await manager.EnrichAsync("b");
        await manager.RegisterPluginAsync("crm", new PluginSettings());
        await manager.EnrichAsync("c");
        Assert.Equal((LogLevel.Debug, 2), (manager.GetLogLevel("crm"), _logs.Attempts.Length));

        manager.SetLogLevel("crm", null);
        await manager.EnrichAsync("d");
        Assert.Equal(2, _logs.Attempts.Length);
    }

    [Fact]
    public async Task None_LinesOfTheHostsLevel_AreNotWritten()
    {
        _logs.Minimum = LogLevel.Trace;
        _engine.Add("crm");
        await _engine.Manager.EnrichAsync("a");
        Assert.StartsWith("Debug ", Assert.Single(_logs.Attempts)); // the host's filters decide, and the level is the line's own

        _engine.Manager.SetLogLevel("crm", LogLevel.None);
        await _engine.Manager.EnrichAsync("b");

        Assert.Single(_logs.Attempts);
    }

    [Fact]
    public async Task SetLogLevel_NobodysNameOrNoLevel_IsRefused()
    {
        _engine.Add("crm");
        await _engine.Manager.EnrichAsync("a");

        Assert.Throws<ArgumentException>(() => _engine.Manager.SetLogLevel("nobody", LogLevel.Debug));
        Assert.Throws<ArgumentException>(() => _engine.Manager.GetLogLevel("nobody"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _engine.Manager.SetLogLevel("crm", (LogLevel)7));
    }

    [Theory]
    [InlineData("debug", LogLevel.Debug)]
    [InlineData("TRACE", LogLevel.Trace)]
    [InlineData("none", LogLevel.None)]
    public async Task Reload_LevelChanged_HoldsWithoutANewInstance(string written, LogLevel level)
    {
        using var file = new ConfigFile("plugins: { a: {} }");
        var made = 0;
        await using var manager = PluginManager.Create(() => Read(file, () => made++));
        await manager.LoadPluginsAsync();
        File.WriteAllText(file.Path, $"plugins: {{ a: {{ log_level: {written} }} }}");

        var report = await manager.ReloadAsync();

        Assert.Equal(["a"], report.Adjusted);
        Assert.Equal((level, 1), (manager.GetLogLevel("a"), made));
        manager.SetLogLevel("a", LogLevel.Warning);
        Assert.True((await manager.ReloadAsync()).IsEmpty);
        Assert.Equal(LogLevel.Warning, manager.GetLogLevel("a")); // until the file changes its mind
        File.WriteAllText(file.Path, "plugins: { a: {} }");
        await manager.ReloadAsync();
        Assert.Null(manager.GetLogLevel("a"));
    }

    [Fact]
    public void Validate_NoLevel_IsAMistakeThatNamesThem()
    {
        using var file = new ConfigFile("plugins: { plain: { log_level: loud } }");

        Assert.Equal("fastenrich.yaml:1:21: plugins:plain:log_level: found 'loud', expected one of trace, debug, information, warning, error, critical, none", Assert.Single(file.Validate()));
    }

    public async ValueTask DisposeAsync() => await _engine.DisposeAsync();

    private static FastEnrichOptions Read(ConfigFile file, Action made)
    {
        var options = new FastEnrichOptions();
        options.AddPlugin(new PluginDescriptor
        {
            Metadata = new PluginMetadata { Name = "a" },
            PluginType = typeof(FakePlugin),
            Create = _ =>
            {
                made();
                return new FakePlugin();
            },
        });
        options.LoadFile(file.Path, new Dictionary<string, string>());
        return options;
    }

    /// <summary>A host that writes from a level on.</summary>
    private sealed class FilteredLoggers : ILoggerFactory, ILogger
    {
        private readonly List<string> _attempts = [];

        public LogLevel Minimum { get; set; } = LogLevel.Information;

        public string[] Attempts
        {
            get
            {
                lock (_attempts)
                {
                    return [.. _attempts];
                }
            }
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("FastEnrich.Plugins.", StringComparison.Ordinal) ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= Minimum;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "PluginAttempt" && IsEnabled(logLevel))
            {
                lock (_attempts)
                {
                    _attempts.Add($"{logLevel} {formatter(state, exception)}");
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
