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

    /// <summary>Makes the engine; tests put a fake here.</summary>
    public Func<FastEnrichOptions, EngineHost> CreateEngine { get; init; } = EngineHost.Create;
}
