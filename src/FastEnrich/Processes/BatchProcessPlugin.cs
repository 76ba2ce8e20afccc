namespace FastEnrich.Processes;

/// <summary>A process plugin that is asked for several users with one call.</summary>
internal sealed class BatchProcessPlugin(PluginContext context, ProcessOptions options, IChildLauncher? launcher = null)
    : ProcessPlugin(context, options, launcher), IBatchEnrichmentPlugin
{
    public int MaxBatchSize => Options.BatchSize;

    public async ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        await session.EnrichBatchAsync(requests, results, cancellationToken).ConfigureAwait(false);
    }
}
