using Polly;
using Polly.Retry;

namespace FastEnrich.Resilience;

/// <summary>
/// What takes over when a first attempt failed: Polly's retries with exponential back-off, jitter and Retry-After, the first back-off included.
/// The first attempt itself runs outside: two timeouts and four async hops of a pipeline would cost more than all else together.
/// </summary>
internal sealed class RetryPipeline
{
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(30);
    private static readonly ResiliencePropertyKey<IRetryable> s_attempt = new("fastenrich.attempt");

    private static readonly Func<ResilienceContext, RetryState, ValueTask<Outcome<AttemptOutcome>>> s_step = static async (context, state) =>
    {
        // The first step stands for the attempt that has failed already, so that Polly begins with its back-off.
        if (state.TakeFirst(out var first) || !await state.Attempt.WaitForRateAsync(context.CancellationToken).ConfigureAwait(false))
        {
            return Outcome.FromResult(first);
        }

        return Outcome.FromResult(await state.Attempt.AttemptAsync(context.CancellationToken).ConfigureAwait(false));
    };

    private readonly ResiliencePipeline<AttemptOutcome>? _pipeline;
    private readonly int _maxRetries;
    private readonly TimeSpan _delay;

    public RetryPipeline(int maxRetries, TimeSpan delay, TimeProvider timeProvider)
    {
        _maxRetries = maxRetries;
        _delay = delay;
        if (maxRetries == 0)
        {
            return;
        }

        _pipeline = new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<AttemptOutcome>
            {
                MaxRetryAttempts = maxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = delay,
                MaxDelay = s_maxDelay,
                ShouldHandle = args => new(args.Outcome.Exception is null && MayRetry(args.Context, args.Outcome.Result, args.AttemptNumber)),
                DelayGenerator = static args => new(args.Outcome.Result.Failure?.RetryAfter),
            })
            .Build();
    }

    public bool IsEnabled => _pipeline is not null;

    /// <summary>Goes on after a failed attempt; the outcome is the last attempt's.</summary>
    public async ValueTask<AttemptOutcome> ContinueAsync(IRetryable attempt, AttemptOutcome first, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(s_attempt, attempt);
        try
        {
            var outcome = await _pipeline!.ExecuteOutcomeAsync(s_step, context, new RetryState(attempt, first)).ConfigureAwait(false);
            return outcome.Exception is null ? outcome.Result : first;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private bool MayRetry(ResilienceContext context, in AttemptOutcome outcome, int attemptNumber)
    {
        // Polly asks after the last attempt too; that must not cost a retry of the budget.
        if (!outcome.CanRetry || attemptNumber >= _maxRetries || !context.Properties.TryGetValue(s_attempt, out var attempt))
        {
            return false;
        }

        // Before jitter: a back-off that the budget would cut off only holds a permit.
        return attempt.MayRetry(outcome.Failure!.RetryAfter ?? TimeSpan.FromTicks(Math.Min(_delay.Ticks << attemptNumber, s_maxDelay.Ticks)));
    }

    private sealed class RetryState(IRetryable attempt, AttemptOutcome first)
    {
        private bool _taken;

        public IRetryable Attempt { get; } = attempt;

        public bool TakeFirst(out AttemptOutcome outcome)
        {
            outcome = first;
            var take = !_taken;
            _taken = true;
            return take;
        }
    }
}
