using System.Numerics;

namespace FastEnrich.Sidecar.Bulk;

/// <summary>Counts durations in buckets at most 1/16 wide, in fixed memory: one microsecond to more than an hour.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private readonly long[] _counts = new long[64 << SubBits];

    public long Count { get; private set; }

    public void Record(TimeSpan duration)
    {
        _counts[BucketOf((ulong)Math.Max(0, duration.Ticks))]++;
        Count++;
    }

    /// <summary>The upper end of the bucket that holds the quantile; zero when nothing was recorded.</summary>
    public TimeSpan Quantile(double quantile)
    {
        var rank = (long)Math.Ceiling(quantile * Count);
        for (var i = 0; rank > 0 && i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0)
            {
                return new TimeSpan(UpperEndOf(i));
            }
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(ulong ticks)
    {
        if (ticks < 1UL << SubBits)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2(ticks) - SubBits;
        return ((shift + 1) << SubBits) | (int)((ticks >> shift) & ((1UL << SubBits) - 1));
    }

    private static long UpperEndOf(int bucket)
    {
        if (bucket < 1 << SubBits)
        {
            return bucket;
        }

        var shift = (bucket >> SubBits) - 1;
        var mantissa = (1L << SubBits) | (long)(bucket & ((1 << SubBits) - 1));
        return ((mantissa + 1) << shift) - 1;
    }
}
