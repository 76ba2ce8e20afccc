using System.Globalization;

namespace FastEnrich.Redis.ServerTests.Engine;

/// <summary>The seeds of a soak: one, or those from 1 to <c>FASTENRICH_SOAK_SEEDS</c>.</summary>
internal static class SoakSeeds
{
    public static TheoryData<int> All =>
        int.TryParse(Environment.GetEnvironmentVariable("FASTENRICH_SOAK_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var seeds)
            ? [.. Enumerable.Range(1, seeds)]
            : [0];
}
