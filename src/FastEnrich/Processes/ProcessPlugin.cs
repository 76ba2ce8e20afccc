namespace FastEnrich.Processes;

/// <summary>A plugin whose work is done by a child process. To the engine it is a plugin like others.</summary>
internal class ProcessPlugin : IEnrichmentPlugin, IProcessPlugin
{
    private readonly ProcessSupervisor _supervisor;

    public ProcessPlugin(PluginContext context, ProcessOptions options, IChildLauncher? launcher = null)
    {
        Options = options;
        _supervisor = new ProcessSupervisor(
            context.Descriptor.Name, options, launcher ?? ProcessLauncher.Guarded, context.TimeProvider, context.Logger, Random.Shared.NextDouble);
    }

    public ProcessPluginStatus Status => _supervisor.Status;

    public Action? OnRestarted
    {
        set => _supervisor.OnRestarted = value;
    }

    protected ProcessOptions Options { get; }

    public static IEnrichmentPlugin Create(PluginActivation activation)
    {
        var options = (ProcessOptions)activation.Options!;
        var launcher = activation.Services.GetService(typeof(IChildLauncher)) as IChildLauncher; // nobody outside can name the type
        return options.BatchSize > 1 ? new BatchProcessPlugin(activation.Context, options, launcher) : new ProcessPlugin(activation.Context, options, launcher);
    }

    public IReadOnlyList<string> RecentErrorOutput() => _supervisor.RecentErrorOutput();

    public ValueTask ConnectAsync(CancellationToken cancellationToken) => _supervisor.StartAsync(cancellationToken);

    public async ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        return await session.EnrichAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
            return await session.CheckHealthAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PluginException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _supervisor.DisposeAsync();

    protected ValueTask<ChildSession> SessionAsync(CancellationToken cancellationToken) => _supervisor.GetAsync(cancellationToken);
}
