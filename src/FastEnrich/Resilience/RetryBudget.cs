namespace FastEnrich.Resilience;

/// <summary>Lets retries add at most a fifth to the calls, so that they cannot amplify an outage. Thread-safe.</summary>
internal sealed class RetryBudget
{
    private const int PerCall = 1;
    private const int PerRetry = 5;
    private const int Reserve = 10 * PerRetry; // a quiet plugin can still retry a few times

    private int _credit = Reserve;

    public void Call()
    {
        var credit = Volatile.Read(ref _credit);
        if (credit < Reserve)
        {
            Interlocked.Add(ref _credit, PerCall);
        }
    }

    public bool TryRetry()
    {
        while (true)
        {
            var credit = Volatile.Read(ref _credit);
            if (credit < PerRetry)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _credit, credit - PerRetry, credit) == credit)
            {
                return true;
            }
        }
    }
}
