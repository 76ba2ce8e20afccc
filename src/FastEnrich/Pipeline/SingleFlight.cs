using System.Runtime.CompilerServices;
using FastEnrich.Caching;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>One call for one user, without an async state machine: the continuation is a delegate made once.</summary>
internal sealed class SingleFlight : Flight
{
    private readonly Action _completed;
    private ConfiguredValueTaskAwaitable<EnrichmentResult>.ConfiguredValueTaskAwaiter _awaiter;
    private Fetch? _fetch;
    private long _startedAt;

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

        _startedAt = Lane.StartAttempt();
        var began = Environment.TickCount64;
        ConfiguredValueTaskAwaitable<EnrichmentResult>.ConfiguredValueTaskAwaiter awaiter;
        try
        {
            awaiter = Lane.Instance.EnrichAsync(fetch.ToRequest(Left), Token).ConfigureAwait(false).GetAwaiter();
        }
        catch (Exception exception)
        {
            Ended(FailureMapping.Map(exception));
            return;
        }

        Lane.NoteBlocking(Environment.TickCount64 - began);
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
        var startedAt = Lane.StartAttempt();
        AttemptOutcome outcome;
        try
        {
            outcome = new(await Lane.Instance.EnrichAsync(_fetch!.ToRequest(Left), cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception)
        {
            outcome = FailureMapping.Map(exception);
        }

        if (IsFlying)
        {
            Lane.Report(outcome, startedAt);
        }

        return outcome;
    }

    protected override void SettleAll(in AttemptOutcome outcome)
    {
        if (_fetch is { } fetch)
        {
            Lane.Sink.Conclude(fetch, outcome);
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
        if (!IsFlying)
        {
            Finish(null);
            return;
        }

        Lane.Report(outcome, _startedAt);
        if (outcome.CanRetry && Lane.Retries.IsEnabled)
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
        _fetch = null;
        var inTime = Land();
        Lane.Give(this, wasZombie: !inTime); // the place is free before the caller goes on
        if (inTime && outcome is { } ended)
        {
            Lane.Sink.Conclude(fetch, ended);
        }
    }
}
