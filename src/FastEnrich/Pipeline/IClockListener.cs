namespace FastEnrich.Pipeline;

/// <summary>Looks at its own budgets whenever the clock moves. Called by one thread at a time; must not block.</summary>
internal interface IClockListener
{
    /// <summary>Ends what is overdue and returns the monotonic time of the next thing that will be.</summary>
    long OnTick(long mono);
}
