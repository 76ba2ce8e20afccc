using System.Numerics;

namespace FastEnrich.Health;

/// <summary>The buckets of response times: single microseconds up to 16, then eight to each doubling, so a percentile is right within six percent.</summary>
internal static class LatencyScale
{
    public const int Buckets = Linear + (Doublings * Steps);

    private const int Linear = 16;
    private const int FirstDoubling = 4;
    private const int Steps = 8;
    private const int Doublings = 27; // up to 35 minutes; a fetch ends after ten

    public static int IndexOf(long ticks)
    {
        var microseconds = (ulong)Math.Max(0, ticks / TimeSpan.TicksPerMicrosecond);
        if (microseconds < Linear)
        {
            return (int)microseconds;
        }

        var doubling = BitOperations.Log2(microseconds);
        var step = (int)(microseconds >> (doubling - 3)) & (Steps - 1);
        return Math.Min(Buckets - 1, Linear + ((doubling - FirstDoubling) * Steps) + step);
    }

    /// <summary>Returns the middle of a bucket.</summary>
    public static double Milliseconds(int index)
    {
        if (index < Linear)
        {
            return index / 1000d;
        }

        var (doubling, step) = (FirstDoubling + ((index - Linear) / Steps), (index - Linear) % Steps);
        var width = 1UL << (doubling - 3);
        return (((ulong)(Steps + step) * width) + (width / 2d)) / 1000d;
    }
}
