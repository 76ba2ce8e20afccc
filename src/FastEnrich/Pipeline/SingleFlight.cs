using System.Runtime.CompilerServices;
using FastEnrich.Caching;
using FastEnrich.Resilience;
using FastEnrich.Telemetry;

namespace FastEnrich.Pipeline;

/// <summary>One call for one user, without an async state machine: the continuation is a delegate made once.</summary>
internal sealed class SingleFlight : Flight
{
    private readonly Action _completed;
    private ConfiguredValueTaskAwaitable<EnrichmentResult>.ConfiguredValueTaskAwaiter _awaiter;
    private Fetch? _fetch;
    private Attempt _attempt;

    public SingleFlight(Lane lane)
        : base(lane) => _completed = Completed;

    public override int Seats => 1;

    public override void Board(Fetch fetch) => _fetch = fetch;

    public override void Execute()
    {
        var fetch = _fetch!;
        if (!IsFlying || fetch.IsOrphan)
        {
            Finish(null);
            return;
        }

        _attempt = Lane.StartAttempt(this, isRetry: false);
        ConfiguredValueTaskAwaitable<EnrichmentResult>.ConfiguredValueTaskAwaiter awaiter;
        try
        {
            awaiter = Call(fetch, Lane.Plugin.Policy.FetchBudget, Token).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception)
        {
            Ended(FailureMapping.Map(exception));
            return;
        }

        _awaiter = awaiter;
        if (awaiter.IsCompleted)
        {
            Completed();
        }
        else
        {
            awaiter.UnsafeOnCompleted(_completed);
        }
    }

    public override async ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        var attempt = Lane.StartAttempt(this, isRetry: true);
        AttemptOutcome outcome;
        try
        {
            outcome = new(await Call(_fetch!, Left, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            outcome = FailureMapping.Map(exception);
        }

        Report(attempt, outcome);
        return outcome;
    }

    protected override Fetch[] Aboard() => _fetch is { } fetch ? [fetch] : [];

    private ValueTask<EnrichmentResult> Call(Fetch fetch, TimeSpan budget, CancellationToken cancellationToken)
    {
        fetch.CalledAt = Lane.Clock.UtcTicks;
        EnterPlugin();
        try
        {
            return Lane.Instance.EnrichAsync(fetch.ToRequest(budget), cancellationToken);
        }
        finally
        {
            LeavePlugin();
        }
    }

    private void Completed()
    {
        var awaiter = _awaiter;
        _awaiter = default;
        AttemptOutcome outcome;
        try
        {
            outcome = new(awaiter.GetResult(), null);
        }
        catch (Exception exception)
        {
            outcome = FailureMapping.Map(exception);
        }

        Ended(outcome);
    }

    private void Ended(in AttemptOutcome outcome)
    {
        Report(_attempt, outcome);
        _attempt = default;
        if (outcome.CanRetry && Lane.Retries.IsEnabled && IsFlying)
        {
            _ = RetryAsync(outcome);
            return;
        }

        Finish(outcome);
    }

    private async Task RetryAsync(AttemptOutcome first) =>
        Finish(await Lane.Retries.ContinueAsync(this, first, Token).ConfigureAwait(false));

    private void Finish(AttemptOutcome? outcome)
    {
        var fetch = _fetch!;
        var inTime = Land();
        _fetch = null; // only now: the clock settles what is aboard until the flight has landed
        Lane.Give(this, wasHung: !inTime); // the place is free before the caller goes on
        if (inTime && outcome is { } ended)
        {
            Lane.Sink.Conclude(fetch, ended);
        }
    }
}
