namespace FastEnrich.Resilience;

/// <summary>Pauses between attempts: each twice as long as the one before, up to a limit.</summary>
internal readonly record struct BackOff(TimeSpan First, TimeSpan Max)
{
    /// <summary>Returns the pause after so many attempts that failed before it.</summary>
    /// <param name="failures">How many, from zero.</param>
    /// <param name="jitter">The share by which a pause is shortened at most: who lost one thing together does not come back for it together.</param>
    /// <param name="random">How much of the rest is kept, from 0 to 1.</param>
    public TimeSpan After(int failures, double jitter = 0, double random = 1) =>
        TimeSpan.FromTicks((long)Math.Min(Max.Ticks, First.Ticks * Math.Pow(2, Math.Min(failures, 60)))) * (1 - (jitter * (1 - random)));
}
