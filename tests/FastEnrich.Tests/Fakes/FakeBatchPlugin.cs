namespace FastEnrich.Tests.Fakes;

/// <summary>A plugin with a batch endpoint; the test answers each batch at once by a function, or later through a gate.</summary>
internal sealed class FakeBatchPlugin : IBatchEnrichmentPlugin
{
    private readonly List<IReadOnlyList<EnrichmentRequest>> _batches = [];

    public int MaxBatchSize { get; init; } = 10;

    public Func<IReadOnlyList<EnrichmentRequest>, BatchResults, CancellationToken, ValueTask> Answer { get; set; } = static (requests, results, _) =>
    {
        AnswerAll(requests, results);
        return ValueTask.CompletedTask;
    };

    /// <summary>The users of each batch, in the order of the calls.</summary>
    public string[][] Batches
    {
        get
        {
            lock (_batches)
            {
                return [.. _batches.Select(static batch => batch.Select(static request => request.UserId).ToArray())];
            }
        }
    }

    public static void AnswerAll(IReadOnlyList<EnrichmentRequest> requests, BatchResults results)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            results.Set(i, Results.Found(requests[i].UserId));
        }
    }

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("a batch plugin is asked in batches");

    public ValueTask EnrichBatchAsync(IReadOnlyList<EnrichmentRequest> requests, BatchResults results, CancellationToken cancellationToken)
    {
        lock (_batches)
        {
            _batches.Add(requests);
        }

        return Answer(requests, results, cancellationToken);
    }
}
