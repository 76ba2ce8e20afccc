namespace FastEnrich;

/// <summary>How the health of plugins is found out. Section <c>engine.health</c>.</summary>
public sealed class HealthOptions
{
    /// <summary>Gets or sets the pause between two checks of a plugin; the first comes one such pause after it has connected.</summary>
    /// <value>From zero (no periodic checks; live traffic and forced checks alone) to one day. The default is 30 seconds.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30); // checks cost calls, and traffic tells sooner

    /// <summary>Gets or sets how long a check may take; after that it counts as failed.</summary>
    /// <value>More than zero, up to 10 minutes. The default is 5 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5); // as long as a fetch

    /// <summary>Gets or sets the share of the interval by which each pause is lengthened at random at most, so that instances do not check in step.</summary>
    /// <value>From 0 to 1. The default is 0.1.</value>
    public double Jitter { get; set; } = 0.1;

    /// <summary>
    /// Gets or sets how many checks in a row have to show another state before it counts. What is certain (not connected,
    /// breaker open, all calls hang, token expired) makes it worse at once.
    /// </summary>
    /// <value>From 1 to 10. The default is 2.</value>
    public int Hysteresis { get; set; } = 2; // one lost packet is no outage

    /// <summary>Gets or sets the time over which error rate, blocking calls and response times are counted.</summary>
    /// <value>More than zero, up to one hour. The default is one minute.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1); // an outage shows within seconds, and is forgotten soon after it ends
}
