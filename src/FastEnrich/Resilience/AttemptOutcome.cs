using FastEnrich.Caching;

namespace FastEnrich.Resilience;

/// <summary>How one attempt at one user ended; a failure is a value.</summary>
internal readonly record struct AttemptOutcome(EnrichmentResult Result, SlotFailure? Failure)
{
    public bool CanRetry => Failure is { Error.Retryable: true };

    /// <summary>Whether the breaker counts it: 5xx, 429, timeouts and connection failures do, the rest does not.</summary>
    public bool IsDistress => Failure?.Error.Code is PluginErrorCode.ConnectionError or PluginErrorCode.RateLimitError or PluginErrorCode.TimeoutError;
}
