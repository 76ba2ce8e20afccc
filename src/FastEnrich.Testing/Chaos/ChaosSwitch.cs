namespace FastEnrich.Testing;

/// <summary>
/// Decides, each time an operation passes it, whether that operation goes wrong and how long it takes. Thread-safe; may be changed while it is used.
/// </summary>
/// <remarks>
/// The n-th passage of a switch has the same fate for the same seed, whatever other switches do. Which operation is the n-th is up to the threads.
/// </remarks>
public sealed class ChaosSwitch
{
    private readonly Lock _lock = new();
    private readonly ulong _seed;
    private readonly TimeProvider _timeProvider;
    private double _probability;
    private long _next;
    private TimeSpan _delayFrom;
    private TimeSpan _delayTo;
    private long _passages;
    private long _strikes;

    /// <summary>Initializes a switch that lets everything pass at once.</summary>
    /// <param name="seed">What its draws follow from.</param>
    /// <param name="timeProvider">The clock of its delays; the system's when <see langword="null"/>.</param>
    public ChaosSwitch(int seed, TimeProvider? timeProvider = null)
    {
        _seed = unchecked((ulong)seed);
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Gets how many operations came by.</summary>
    public long Passages => Interlocked.Read(ref _passages);

    /// <summary>Gets how many of them went wrong.</summary>
    public long Strikes => Interlocked.Read(ref _strikes);

    /// <summary>Lets every operation pass. Delays stay.</summary>
    /// <returns>This switch.</returns>
    public ChaosSwitch Never() => Set(0, 0);

    /// <summary>Strikes every operation.</summary>
    /// <returns>This switch.</returns>
    public ChaosSwitch Always() => Set(1, 0);

    /// <summary>Strikes some operations.</summary>
    /// <param name="probability">The share, from 0 to 1.</param>
    /// <returns>This switch.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is no number from 0 to 1.</exception>
    public ChaosSwitch WithProbability(double probability)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability is a number from 0 to 1");
        }

        return Set(probability, 0);
    }

    /// <summary>Strikes the next operations, and lets those after them pass.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <returns>This switch.</returns>
    public ChaosSwitch Next(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Set(0, count);
    }

    /// <summary>Has every operation take time before anything else happens, those that pass and those that do not.</summary>
    /// <param name="delay">How long; zero for no delay.</param>
    /// <returns>This switch.</returns>
    public ChaosSwitch Delay(TimeSpan delay) => Delay(delay, delay);

    /// <summary>Has every operation take a drawn time before anything else happens.</summary>
    /// <param name="from">The least, zero or more.</param>
    /// <param name="to">The most, not less than <paramref name="from"/>.</param>
    /// <returns>This switch.</returns>
    public ChaosSwitch Delay(TimeSpan from, TimeSpan to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        lock (_lock)
        {
            (_delayFrom, _delayTo) = (from, to);
        }

        return this;
    }

    /// <summary>Takes an operation past the switch, without its delay.</summary>
    /// <returns>Whether the operation goes wrong.</returns>
    public bool Strike() => Pass(out _);

    /// <summary>Takes an operation past the switch, after its delay.</summary>
    /// <param name="cancellationToken">Ends the delay.</param>
    /// <returns>Whether the operation goes wrong.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was signalled during the delay.</exception>
    public async ValueTask<bool> PassAsync(CancellationToken cancellationToken)
    {
        var strikes = Pass(out var delay);
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return strikes;
    }

    private ChaosSwitch Set(double probability, long next)
    {
        lock (_lock)
        {
            (_probability, _next) = (probability, next);
        }

        return this;
    }

    private bool Pass(out TimeSpan delay)
    {
        lock (_lock)
        {
            var passage = unchecked((ulong)_passages++);
            delay = _delayFrom + ((_delayTo - _delayFrom) * Draw((passage * 2) + 1));
            var strikes = _next > 0 || Draw(passage * 2) < _probability;
            _next -= _next > 0 ? 1 : 0;
            _strikes += strikes ? 1 : 0;
            return strikes;
        }
    }

    /// <summary>SplitMix64 of the seed and a number: a draw from 0 up to 1 that no other draw moves.</summary>
    private double Draw(ulong number)
    {
        unchecked
        {
            var z = (_seed * 0xD1342543DE82EF95) + ((number + 1) * 0x9E3779B97F4A7C15);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
