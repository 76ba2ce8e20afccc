using FastEnrich.Sidecar.Cli;
using FastEnrich.Sidecar.Logging;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Sidecar.Hosting;

/// <summary>An engine and what it lives on: configuration, logs, the demo's upstreams.</summary>
internal sealed class EngineSetup : IAsyncDisposable
{
    private EngineSetup(FastEnrichOptions options, EngineHost engine, DemoUpstreams? demo, ILoggerFactory loggers)
    {
        Options = options;
        Engine = engine;
        Demo = demo;
        Loggers = loggers;
    }

    public FastEnrichOptions Options { get; }

    public EngineHost Engine { get; }

    public DemoUpstreams? Demo { get; }

    public ILoggerFactory Loggers { get; }

    /// <exception cref="UsageException">There is neither a configuration nor a demo, or the file cannot be read.</exception>
    /// <exception cref="FastEnrichConfigurationException">The configuration has mistakes.</exception>
    public static async Task<EngineSetup> CreateAsync(SidecarIO io, string? configPath, DemoSettings? demo, string logLevel, CancellationToken cancellationToken)
    {
        if (configPath is null && demo is null)
        {
            throw new UsageException("there is nothing to ask: name a configuration with --config, or try --demo");
        }

        var lines = new LineLoggerProvider(io.Error, Enum.Parse<LogLevel>(logLevel, ignoreCase: true), io.TimeProvider);
        var loggers = new LoggerFactory([lines], new LoggerFilterOptions { MinLevel = LogLevel.Trace });
        var first = Read(io, configPath, loggers);
        var upstreams = demo is null ? null : await DemoUpstreams.StartAsync(demo, cancellationToken);
        upstreams?.Connect(first, isAlone: configPath is null);
        FastEnrichOptions? unused = first;
        var engine = io.CreateEngine(() =>
        {
            if (Interlocked.Exchange(ref unused, null) is { } options)
            {
                return options;
            }

            options = Read(io, configPath, loggers);
            upstreams?.Connect(options, isAlone: configPath is null);
            return options;
        });
        return new EngineSetup(first, engine, upstreams, loggers);
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (Demo is not null)
        {
            await Demo.DisposeAsync();
        }

        Loggers.Dispose();
    }

    private static FastEnrichOptions Read(SidecarIO io, string? configPath, ILoggerFactory loggers)
    {
        var options = new FastEnrichOptions { TimeProvider = io.TimeProvider, LoggerFactory = loggers };
        options.AddAllPlugins();
        options.AddRedis(); // where the configuration says; without a connection there is no second tier
        if (configPath is not null)
        {
            ConfigurationFile.Load(configPath, io, options);
        }

        return options;
    }
}
