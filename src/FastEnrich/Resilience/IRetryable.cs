namespace FastEnrich.Resilience;

/// <summary>Something that can be attempted again.</summary>
internal interface IRetryable
{
    /// <summary>Whether another attempt after this wait is within the flight's budget, the retry budget, and the breaker's will.</summary>
    bool MayRetry(TimeSpan wait);

    /// <summary>Waits until the rate limit allows another attempt; <see langword="false"/> when the flight's budget ends before.</summary>
    ValueTask<bool> WaitForRateAsync(CancellationToken cancellationToken);

    ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken);
}
