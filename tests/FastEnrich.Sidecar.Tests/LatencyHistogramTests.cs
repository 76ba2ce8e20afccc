using FastEnrich.Sidecar.Bulk;

namespace FastEnrich.Sidecar.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantile_ManyDurations_IsWithinASixteenth()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 10_000; i++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(i));
        }

        Assert.InRange(histogram.Quantile(0.5).TotalMicroseconds, 5000, 5000 * 17 / 16.0);
        Assert.InRange(histogram.Quantile(0.99).TotalMicroseconds, 9900, 9900 * 17 / 16.0);
        Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Quantile(0.5));
    }
}
