using System.Collections.Concurrent;

namespace FastEnrich.Pipeline;

/// <summary>The time that reads of the second tier have: sources that end by themselves, kept for reuse with their timers.</summary>
internal sealed class ReadBudgets(TimeSpan length, TimeProvider timeProvider)
{
    private const int Limit = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _budgets = new();
    private CancellationTokenSource? _fast;

    public CancellationTokenSource Rent()
    {
        var kept = Interlocked.Exchange(ref _fast, null);
        if (kept is null && !_budgets.TryDequeue(out kept))
        {
            return new CancellationTokenSource(length, timeProvider);
        }

        kept.CancelAfter(length);
        return kept;
    }

    /// <summary>Takes a source back whose token nobody uses any more. One that has ended, or goes by another clock than the system's, cannot begin anew.</summary>
    public void Return(CancellationTokenSource budget)
    {
        if (!budget.TryReset())
        {
            budget.Dispose();
        }
        else if (Interlocked.CompareExchange(ref _fast, budget, null) is not null && _budgets.Count < Limit)
        {
            _budgets.Enqueue(budget);
        }
    }
}
