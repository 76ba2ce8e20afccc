using FastEnrich.Caching;
using FastEnrich.Tests.Fakes;

namespace FastEnrich.Caching;

/// <summary>What a decoded result is counted for, beside what it takes.</summary>
[Collection(nameof(Alone))]
public sealed class EstimatedBytesAllocationTests
{
    private const int Rounds = 5;

    [Fact]
    public void EstimateBytes_DecodedEnrichment_IsNearItsShareOfTheHeap()
    {
        var bytes = EnrichmentJson.Encode(EnrichmentInspectorTests.Rich());
        var graphs = new UserEnrichment[2000];
        var held = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(graphs);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            for (var i = 0; i < graphs.Length; i++)
            {
                graphs[i] = EnrichmentJson.Decode(bytes);
            }

            held[round] = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)graphs.Length;
        }

        Array.Sort(held); // what the runtime keeps meanwhile is in one round or another

        Assert.InRange(EnrichmentInspector.EstimateBytes(graphs[0]) / held[Rounds / 2], 0.6, 1.6);
    }
}
