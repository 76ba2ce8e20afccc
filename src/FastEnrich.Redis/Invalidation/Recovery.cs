using FastEnrich.Redis.Erasing;
using FastEnrich.Redis.Telemetry;
using Microsoft.Extensions.Logging;

namespace FastEnrich.Redis.Invalidation;

/// <summary>Repeats what is not confirmed: at once when Redis comes back, and with growing pauses while it refuses.</summary>
internal sealed class Recovery(
    RecoveryQueue queue,
    IProfileEraser eraser,
    Func<string, Task<bool>> publishErased,
    Func<string, Task<bool>> drop,
    TimeProvider timeProvider,
    ILogger logger) : IDisposable
{
    private const int MaxFailures = 8; // in one round: Redis is away, and the rest would only wait for it too

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _wake = new(0);
    private bool _unconfirmedLogged;

    /// <summary>Redis may be back: the next round begins now.</summary>
    public void Wake() => _wake.Release();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        while (true)
        {
            var woken = await WaitAsync(queue.Count == 0 ? Timeout.InfiniteTimeSpan : pause, cancellationToken).ConfigureAwait(false);
            if (queue.Count == 0)
            {
                continue;
            }

            var confirmed = await RepeatAsync(cancellationToken).ConfigureAwait(false);
            pause = confirmed || woken ? s_firstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, s_longestPause.Ticks));
            Tell();
        }
    }

    public void Dispose() => _wake.Dispose();

    /// <returns>Whether everything was confirmed.</returns>
    private async Task<bool> RepeatAsync(CancellationToken cancellationToken)
    {
        var failures = 0;
        foreach (var plugin in queue.Drops())
        {
            failures += await drop(plugin).ConfigureAwait(false) ? 0 : 1;
        }

        foreach (var forget in queue.Forgets())
        {
            if (failures >= MaxFailures)
            {
                return false;
            }

            // Published again with each erasure: a message that came before it would let the others read back what was still there.
            if (await eraser.EraseAsync(forget.UserId, cancellationToken).ConfigureAwait(false) && await publishErased(forget.UserId).ConfigureAwait(false))
            {
                queue.Remove(forget);
                failures = 0;
            }
            else
            {
                queue.Postpone(forget);
                failures++;
            }
        }

        return failures == 0;
    }

    private void Tell()
    {
        if (_unconfirmedLogged == queue.Count > 0)
        {
            return;
        }

        _unconfirmedLogged = !_unconfirmedLogged;
        if (_unconfirmedLogged)
        {
            Log.ErasureUnconfirmed(logger, queue.Count);
        }
        else
        {
            Log.ErasureConfirmed(logger);
        }
    }

    /// <returns>Whether it was woken, rather than that the pause had passed.</returns>
    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var woken = _wake.WaitAsync(enough.Token);
        await Task.WhenAny(woken, Task.Delay(pause, timeProvider, enough.Token)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!woken.IsCompletedSuccessfully)
        {
            await enough.CancelAsync().ConfigureAwait(false);
            await ((Task)woken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return woken.IsCompletedSuccessfully;
        }

        while (_wake.Wait(0, CancellationToken.None))
        {
            // One round for however many calls.
        }

        return true;
    }
}
