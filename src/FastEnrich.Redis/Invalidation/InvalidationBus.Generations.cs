using FastEnrich.Redis.Telemetry;
using StackExchange.Redis;

namespace FastEnrich.Redis.Invalidation;

/// <content>Reads the generations again, beside the messages, and says how long those known last may be used when they cannot be read.</content>
internal sealed partial class InvalidationBus
{
    private const int MaxBeginnings = 3; // the others begin anew at the same time

    private const int TicksToReread = 30; // a drop whose message was lost on the way is seen within 15 s

    private Task<IReadOnlyList<string>?>? _rereading;
    private int _answering; // how many losses had been told when it began
    private int _sinceRead;
    private bool _isConfirmed;
    private long _confirmedAt; // the beginning of the last read that succeeded

    /// <returns>The plugins that were dropped and nobody said so.</returns>
    private async Task<IReadOnlyList<string>> ReadGenerationsAsync()
    {
        for (var attempt = 0; attempt < MaxBeginnings; attempt++)
        {
            var begun = _generations.BeginRead();
            var beganAt = _timeProvider.GetTimestamp();
            if (_generations.TryLearn(begun, await Patiently(_commands.ReadGenerationsAsync()).ConfigureAwait(false), out var dropped)
                || !await TryBeginAsync(begun).ConfigureAwait(false))
            {
                _confirmedAt = beganAt;
                return dropped;
            }
        }

        throw new InvalidDataException("The generations begin again and again.");
    }

    /// <returns>Whether there is a beginning in Redis; otherwise this instance has one of its own.</returns>
    private async Task<bool> TryBeginAsync(long begun)
    {
        try
        {
            await Patiently(_commands.BeginGenerationsAsync(_generations.Life, _generations.NewBeginning())).ConfigureAwait(false);
            return true;
        }
        catch (RedisServerException)
        {
            _generations.BeginAlone(begun); // a Redis that refuses writes is read nevertheless
            return false;
        }
    }

    /// <summary>Called with each tick; while the last read has failed, each makes another one due.</summary>
    private bool IsRereadDue()
    {
        CheckConfirmation();
        return ++_sinceRead >= TicksToReread || !_isConfirmed;
    }

    /// <summary>
    /// Nothing is dropped without a message, and messages arrive; but one that the cluster lost is not seen before the next read, and with more than one node away
    /// it may be this instance that is cut off.
    /// </summary>
    private void CheckConfirmation()
    {
        if (!_isConfirmed && (_timeProvider.GetElapsedTime(_confirmedAt) >= _disconnectedServing || !_commands.AreOthersConnected))
        {
            Gap("the generations could not be read");
        }
    }

    /// <summary>Begins a read when one is due, and takes note of one that has ended; one at a time.</summary>
    /// <returns>Whether one is still due.</returns>
    private bool Reread(bool isDue)
    {
        Conclude();
        if (!isDue || _rereading is not null || _gap is not null)
        {
            return isDue;
        }

        (_sinceRead, _answering) = (0, _answered);
        _rereading = RereadAsync();
        if (!_rereading.IsCompleted)
        {
            _rereading.GetAwaiter().UnsafeOnCompleted(_inbox.Signal);
        }

        Conclude();
        return false;
    }

    private void Conclude()
    {
        if (_rereading is not { IsCompleted: true } ended)
        {
            return;
        }

        _rereading = null;
        var dropped = ended.Result;
        var isChanged = _isConfirmed != dropped is not null;
        _isConfirmed = dropped is not null;
        CheckConfirmation();
        if (_gap is null)
        {
            GoOn(dropped ?? [], isChanged);
        }
    }

    private void GoOn(IReadOnlyList<string> dropped, bool isChanged)
    {
        if (isChanged && _isConfirmed)
        {
            Log.GenerationsConfirmed(_logger);
        }
        else if (isChanged)
        {
            Log.GenerationsUnconfirmed(_logger);
        }

        TellDropped(dropped);
        if (_isAside && _answering == _answered)
        {
            _isAside = false;
            Log.MessagesArrive(_logger);
            Listener.Connected();
        }
    }

    private async Task<IReadOnlyList<string>?> RereadAsync()
    {
        try
        {
            return await ReadGenerationsAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }
}
