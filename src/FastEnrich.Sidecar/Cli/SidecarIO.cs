using FastEnrich.Sidecar.Hosting;

namespace FastEnrich.Sidecar.Cli;

/// <summary>What the commands know of the process around them; nothing else in the executable touches the console or the environment.</summary>
internal sealed class SidecarIO
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    /// <summary>Text for people: progress, summary, mistakes, logs. Synchronized by its owner.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that shows a progress bar.</summary>
    public bool ErrorIsTerminal { get; init; }

    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Makes the engine from what reads its options, each time anew; tests put a fake here.</summary>
    public Func<Func<FastEnrichOptions>, EngineHost> CreateEngine { get; init; } = EngineHost.Create;

    /// <summary>Raised when somebody asks for the configuration to be read again (SIGHUP).</summary>
    public event Action? ReloadRequested;

    /// <summary>Asks for the configuration to be read again.</summary>
    /// <returns>Whether a command runs that does so.</returns>
    public bool RequestReload()
    {
        var handlers = ReloadRequested;
        handlers?.Invoke();
        return handlers is not null;
    }
}
