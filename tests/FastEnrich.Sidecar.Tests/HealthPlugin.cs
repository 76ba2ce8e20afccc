namespace FastEnrich.Sidecar.Tests;

/// <summary>A plugin that says of its health what the test says.</summary>
internal sealed class HealthPlugin(Func<bool?> check) : IEnrichmentPlugin
{
    private int _checks;

    public int Checks => Volatile.Read(ref _checks);

    public ValueTask<EnrichmentResult> EnrichAsync(EnrichmentRequest request, CancellationToken cancellationToken) => new(EnrichmentResult.NotFound());

    public ValueTask<bool?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _checks);
        return new(check());
    }
}
