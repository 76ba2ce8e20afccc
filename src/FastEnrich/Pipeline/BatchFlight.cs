using FastEnrich.Caching;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>One call for many users. Equal members are asked once; each member has an outcome of its own; only failed ones are retried.</summary>
internal sealed class BatchFlight(Lane lane, IBatchEnrichmentPlugin plugin) : Flight(lane)
{
    private readonly Lock _lock = new();
    private readonly List<Fetch> _members = []; // guarded by the lock: the clock settles them
    private readonly List<Group> _open = [];
    private bool _isRetry;

    public override int Seats { get; } = Math.Max(1, plugin.MaxBatchSize);

    public override void Board(Fetch fetch)
    {
        lock (_lock)
        {
            _members.Add(fetch);
        }
    }

    public override void Execute() => _ = RunAsync();

    public override async ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        var attempt = Lane.StartAttempt(this, _isRetry, _open.Count);
        _isRetry = true;
        var requests = new EnrichmentRequest[_open.Count];
        var now = Lane.Clock.UtcTicks;
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = _open[i].Members[0].ToRequest(Left);
            foreach (var member in _open[i].Members)
            {
                member.CalledAt = now;
            }
        }

        Lane.Plugin.Telemetry.Usage.AddBatch(requests.Length);
        var results = new BatchResults(requests.Length);
        AttemptOutcome? whole = null;
        try
        {
            await Call(requests, results, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            whole = FailureMapping.Map(exception);
        }

        var outcomes = new AttemptOutcome[requests.Length];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = whole ?? (results.GetFailure(i) is { } failure ? FailureMapping.Map(failure) : new(results.GetResult(i), null));
        }

        Report(attempt, Sample(outcomes));
        return IsFlying ? Distribute(outcomes) : new(default, SlotFailure.BudgetSpent);
    }

    protected override Fetch[] Aboard()
    {
        lock (_lock)
        {
            return [.. _members];
        }
    }

    private ValueTask Call(EnrichmentRequest[] requests, BatchResults results, CancellationToken cancellationToken)
    {
        EnterPlugin();
        try
        {
            return plugin.EnrichBatchAsync(requests, results, cancellationToken);
        }
        finally
        {
            LeavePlugin();
        }
    }

    private async Task RunAsync()
    {
        Gather();
        if (IsFlying && _open.Count > 0)
        {
            var outcome = await AttemptAsync(Token).ConfigureAwait(false);
            if (outcome.CanRetry && Lane.Retries.IsEnabled && IsFlying)
            {
                await Lane.Retries.ContinueAsync(this, outcome, Token).ConfigureAwait(false);
            }
        }

        var inTime = Land();
        Group[] left = inTime ? [.. _open] : [];
        _open.Clear();
        _isRetry = false;
        lock (_lock)
        {
            _members.Clear(); // only now: the clock settles what is aboard until the flight has landed
        }

        Lane.Give(this, wasHung: !inTime);
        foreach (var group in left)
        {
            Conclude(group, group.Last);
        }
    }

    private void Gather()
    {
        var groups = new Dictionary<(string UserId, Fingerprint? Fingerprint), Group>();
        foreach (var member in Aboard())
        {
            if (member.IsOrphan)
            {
                continue;
            }

            if (groups.TryGetValue((member.Entry.UserId, member.Fingerprint), out var same))
            {
                same.Members.Add(member);
            }
            else
            {
                var group = new Group(member);
                groups.Add((member.Entry.UserId, member.Fingerprint), group);
                _open.Add(group);
            }
        }
    }

    /// <summary>What the batch counts as for the breaker: bad only when every member met distress.</summary>
    private static AttemptOutcome Sample(AttemptOutcome[] outcomes)
    {
        var good = Array.FindIndex(outcomes, static outcome => outcome.Failure is null);
        var answered = good >= 0 ? good : Array.FindIndex(outcomes, static outcome => !outcome.IsDistress);
        return outcomes[Math.Max(0, answered)];
    }

    /// <summary>Gives each user its outcome and keeps those that may be retried; returns what the retry goes by.</summary>
    private AttemptOutcome Distribute(AttemptOutcome[] outcomes)
    {
        AttemptOutcome? retryable = null;
        for (var i = outcomes.Length - 1; i >= 0; i--)
        {
            var group = _open[i];
            group.Last = outcomes[i];
            if (!outcomes[i].CanRetry)
            {
                _open.RemoveAt(i);
                Conclude(group, outcomes[i]);
            }
            else if (retryable is null || outcomes[i].Failure!.RetryAfter > (retryable.Value.Failure!.RetryAfter ?? TimeSpan.Zero))
            {
                retryable = outcomes[i]; // the most patient one speaks for all
            }
        }

        return retryable ?? new AttemptOutcome(EnrichmentResult.NotFound(), null);
    }

    private void Conclude(Group group, in AttemptOutcome outcome)
    {
        foreach (var member in group.Members)
        {
            Lane.Sink.Conclude(member, outcome);
        }
    }

    private sealed class Group(Fetch first)
    {
        public List<Fetch> Members { get; } = [first];

        public AttemptOutcome Last { get; set; } = new(default, SlotFailure.BudgetSpent);
    }
}
