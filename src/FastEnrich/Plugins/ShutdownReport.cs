namespace FastEnrich;

/// <summary>How a shutdown went. Immutable.</summary>
public sealed record ShutdownReport
{
    /// <summary>Gets what did not end as it should, all of it; empty when everything was drained, written and disposed.</summary>
    public IReadOnlyList<ShutdownFailure> Failures { get; init; } = [];

    /// <summary>Gets whether everything was drained, written and disposed.</summary>
    public bool Complete => Failures.Count == 0;

    /// <summary>Throws when something did not end as it should.</summary>
    /// <exception cref="AggregateException">Its inner exceptions name each failure.</exception>
    public void ThrowIfIncomplete()
    {
        if (!Complete)
        {
            throw new AggregateException("The engine did not shut down as it should.", Failures.Select(static failure => new InvalidOperationException(failure.ToString())));
        }
    }
}
