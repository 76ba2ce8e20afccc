using FastEnrich.Caching;
using FastEnrich.Resilience;

namespace FastEnrich.Pipeline;

/// <summary>One call for many users. Equal members are asked once; each member has an outcome of its own; only failed ones are retried.</summary>
internal sealed class BatchFlight(Lane lane, IBatchEnrichmentPlugin plugin) : Flight(lane)
{
    private readonly Lock _lock = new();
    private readonly List<Fetch> _members = [];
    private readonly List<Group> _open = [];

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
        var startedAt = Lane.StartAttempt();
        var requests = new EnrichmentRequest[_open.Count];
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = _open[i].Members[0].ToRequest(Left);
        }

        var results = new BatchResults(requests.Length);
        AttemptOutcome? whole = null;
        try
        {
            var began = Environment.TickCount64;
            var call = plugin.EnrichBatchAsync(requests, results, cancellationToken);
            Lane.NoteBlocking(Environment.TickCount64 - began);
            await call.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            whole = FailureMapping.Map(exception);
        }

        if (!IsFlying)
        {
            return new(default, SlotFailure.BudgetSpent);
        }

        var outcome = Distribute(results, whole);
        Lane.Report(outcome, startedAt);
        return outcome;
    }

    protected override void SettleAll(in AttemptOutcome outcome)
    {
        Fetch[] members;
        lock (_lock)
        {
            members = [.. _members];
        }

        foreach (var member in members)
        {
            Lane.Sink.Conclude(member, outcome); // one that has its outcome already ignores this one
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
                outcome = await Lane.Retries.ContinueAsync(this, outcome, Token).ConfigureAwait(false);
            }
        }

        List<Group> left = [.. _open];
        _open.Clear();
        lock (_lock)
        {
            _members.Clear();
        }

        var inTime = Land();
        Lane.Give(this, wasZombie: !inTime);
        if (inTime)
        {
            foreach (var group in left)
            {
                Conclude(group, group.Last);
            }
        }
    }

    private void Gather()
    {
        lock (_lock)
        {
            foreach (var member in _members)
            {
                if (member.IsOrphan)
                {
                    continue;
                }

                var same = _open.Find(group => group.Members[0].Entry.UserId == member.Entry.UserId && group.Members[0].Fingerprint == member.Fingerprint);
                if (same is null)
                {
                    _open.Add(new Group(member));
                }
                else
                {
                    same.Members.Add(member);
                }
            }
        }
    }

    /// <summary>Gives each user its outcome and keeps those that may be retried; returns what the attempt as a whole counts as.</summary>
    private AttemptOutcome Distribute(BatchResults results, AttemptOutcome? whole)
    {
        AttemptOutcome? retryable = null;
        AttemptOutcome? failed = null;
        for (var i = results.Count - 1; i >= 0; i--)
        {
            var group = _open[i];
            var outcome = whole
                ?? (results.GetFailure(i) is { } failure ? FailureMapping.Map(failure) : new AttemptOutcome(results.GetResult(i), null));
            group.Last = outcome;
            if (outcome.CanRetry)
            {
                retryable = outcome;
                continue;
            }

            failed ??= outcome.Failure is null ? null : outcome;
            _open.RemoveAt(i);
            Conclude(group, outcome);
        }

        // One sample for the breaker: the batch is bad when it failed as a whole.
        return whole ?? retryable ?? failed ?? new AttemptOutcome(EnrichmentResult.NotFound(), null);
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
