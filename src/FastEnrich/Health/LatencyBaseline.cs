namespace FastEnrich.Health;

/// <summary>Compares a fast weighted mean of a plugin's call times with a slow one. Not thread-safe.</summary>
internal sealed class LatencyBaseline
{
    public const int WarmUp = 100; // calls: before them there is nothing to compare with

    private const int FullWeight = 10; // calls in a slice; fewer weigh less
    private const double Fast = 0.5;
    private const double Slow = 1 / 64d; // about ten minutes at the default window

    private static readonly double s_noise = TimeSpan.TicksPerMillisecond * 10; // three times nothing is nothing

    private double _fast;
    private double _slow;
    private double _slices;
    private long _calls;

    public double Slowness => _calls < WarmUp || _fast - _slow < s_noise ? 1 : _fast / Math.Max(_slow, 1);

    public void Add(double mean, int count)
    {
        if (count == 0)
        {
            return;
        }

        var weight = Math.Min(1, count / (double)FullWeight);
        _slices += weight;
        _calls += count;
        _fast = _calls == count ? mean : _fast + (Fast * weight * (mean - _fast));

        // At first the plain mean, so that the baseline does not hang on the first slice.
        _slow += Math.Max(Slow, 1 / Math.Max(1, _slices)) * weight * (mean - _slow);
        _slow = _calls == count ? mean : _slow;
    }
}
