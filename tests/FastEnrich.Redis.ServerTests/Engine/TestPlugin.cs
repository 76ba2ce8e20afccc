namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>An upstream whose answers the test decides; by default it answers at once with what the user is called.</summary>
internal sealed class TestPlugin : IEnrichmentPlugin
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public Func<EnrichmentRequest, ValueTask<EnrichmentResult>> Answer { get; set; } = static request => new(Found(request.UserId));

    public static EnrichmentResult Found(string city) =>
        EnrichmentResult.Found(new UserEnrichment { Demographics = new Demographics { City = city }, Confidence = 0.9 });

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _calls);
        return Answer(request);
    }
}
