namespace FastEnrich.Tests.Fakes;

/// <summary>A plugin whose every call is answered by the test: at once by a function, or later through a gate.</summary>
internal sealed class FakePlugin : IEnrichmentPlugin
{
    private int _calls;

    public Func<EnrichmentRequest, CancellationToken, ValueTask<EnrichmentResult>> Answer { get; set; } =
        static (request, _) => new(EnrichmentResult.Found(Results.Enrichment(request.UserId)));

    public int Calls => Volatile.Read(ref _calls);

    public List<EnrichmentRequest> Requests { get; } = [];

    public Func<CancellationToken, ValueTask> Connect { get; set; } = static _ => ValueTask.CompletedTask;

    public Func<CancellationToken, ValueTask<bool?>> Check { get; set; } = static _ => new((bool?)null);

    public IReadOnlyCollection<string>? LookupIdentities { get; set; }

    public IReadOnlyCollection<string>? ProvidedIdentities { get; set; }

    public double? RateLimit { get; set; }

    public bool Disposed { get; private set; }

    public ValueTask ConnectAsync(CancellationToken cancellationToken) => Connect(cancellationToken);

    public ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken) => Check(cancellationToken);

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        lock (Requests)
        {
            Requests.Add(request);
        }

        return Answer(request, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }
}
