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

    private readonly ResiliencePipeline<AttemptOutcome>? _pipeline;

    public RetryPipeline(int maxRetries, TimeSpan delay, TimeProvider timeProvider)
    {
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
                ShouldHandle = static args => new(args.Outcome.Exception is null && args.Outcome.Result.CanRetry && MayRetry(args.Context, args.Outcome.Result)),
                DelayGenerator = static args => new(args.Outcome.Result.Failure?.RetryAfter),
            })
            .Build();
    }

    public bool IsEnabled => _pipeline is not null;

    /// <summary>Goes on after a failed attempt; the outcome is the last attempt's.</summary>
    public async ValueTask<AttemptOutcome> ContinueAsync(IRetryable attempt, AttemptOutcome first, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Key, attempt);
        try
        {
            var outcome = await _pipeline!.ExecuteOutcomeAsync(Step, context, new RetryState(attempt, first)).ConfigureAwait(false);
            return outcome.Exception is null ? outcome.Result : first;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static readonly ResiliencePropertyKey<IRetryable> Key = new("fastenrich.attempt");

    private static readonly Func<ResilienceContext, RetryState, ValueTask<Outcome<AttemptOutcome>>> Step = static async (context, state) =>
    {
        // The first step stands for the attempt that has failed already, so that Polly begins with its back-off.
        var outcome = state.TakeFirst(out var first) ? first : await state.Attempt.AttemptAsync(context.CancellationToken).ConfigureAwait(false);
        return Outcome.FromResult(outcome);
    };

    private static bool MayRetry(ResilienceContext context, in AttemptOutcome outcome) =>
        context.Properties.TryGetValue(Key, out var attempt) && attempt.MayRetry(outcome.Failure!.RetryAfter ?? TimeSpan.Zero);

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
