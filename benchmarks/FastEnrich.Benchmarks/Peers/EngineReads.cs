using FastEnrich.Benchmarks.Harness;

namespace FastEnrich.Benchmarks.Peers;

/// <summary>One warm read of the engine, as a caller does it: through the interface.</summary>
internal readonly struct EngineReads(IProfileEnricher enricher) : IOperation
{
    public object? Read(string key, int index)
    {
        var read = enricher.EnrichAsync(key);
        return read.IsCompletedSuccessfully ? read.Result : null;
    }
}
