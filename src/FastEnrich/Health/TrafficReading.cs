namespace FastEnrich.Health;

/// <summary>What the window shows at one moment.</summary>
/// <param name="Calls">Calls that ended in it.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Blocked">Calls that blocked their thread.</param>
/// <param name="Times">Percentiles of their times; <see langword="null"/> without calls.</param>
/// <param name="Slowness">Time of calls now as a multiple of what it used to be; 1 while that is not known.</param>
internal readonly record struct TrafficReading(long Calls, long Failed, int Blocked, ResponseTimes? Times, double Slowness)
{
    public double? ErrorRate => Calls == 0 ? null : (double)Failed / Calls;
}
