namespace FastEnrich;

/// <summary>A plugin whose upstream has a batch endpoint. The engine gathers single calls into batches by itself.</summary>
public interface IBatchEnrichmentPlugin : IEnrichmentPlugin
{
    /// <summary>Gets the largest batch that the upstream takes.</summary>
    /// <value>At least 1.</value>
    int MaxBatchSize { get; }

    /// <summary>Fetches several users with one call.</summary>
    /// <param name="requests">The users, 1 to <see cref="MaxBatchSize"/>, no two alike.</param>
    /// <param name="results">Where each user's outcome goes; one left unset is an <see cref="PluginErrorCode.InvalidResponse"/> for that user.</param>
    /// <param name="cancellationToken">Signalled when the flight's own budget ends or the host stops; never by a caller.</param>
    /// <returns>A task that ends when the outcomes are set.</returns>
    /// <exception cref="PluginException">The whole batch failed.</exception>
    ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken);
}
