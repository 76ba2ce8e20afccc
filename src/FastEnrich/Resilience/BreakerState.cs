namespace FastEnrich.Resilience;

internal enum BreakerState
{
    Closed,
    Open,
    HalfOpen,
}
