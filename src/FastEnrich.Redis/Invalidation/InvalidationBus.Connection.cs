using FastEnrich.Caching;
using FastEnrich.Redis.Telemetry;

namespace FastEnrich.Redis.Invalidation;

/// <content>One loop that joins the others, hands on what they say, and notices when it may have missed something.</content>
internal sealed partial class InvalidationBus
{
    private const int TicksToHeartbeat = 2; // silent for a second: one heartbeat of whoever notices first serves all instances
    private const int TicksToGap = 6;       // silent for three, heartbeats included: the connection is open in name only
    private const int TicksToReread = 30;   // a drop whose message was lost on the way is seen within 15 s

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(500);

    private readonly Inbox _inbox = new();
    private volatile string? _gap;
    private bool _subscribed;
    private int _ticked;
    private int _heard; // since the last tick
    private long _heartbeats;
    private TaskCompletionSource<long>? _ownHeard;

    private void OnLost() => Gap("the connection was lost");

    private void OnRestored()
    {
        _inbox.Signal();
        _recovery.Wake();
    }

    private void Gap(string reason)
    {
        _gap ??= reason;
        _inbox.Signal();
    }

    /// <summary>Called by the connection's reader, one message after the other: nothing here waits or decrypts.</summary>
    private void Receive(ReadOnlyMemory<byte> bytes)
    {
        if (!BusMessage.TryParse(bytes, out var message))
        {
            return;
        }

        Volatile.Write(ref _heard, 1);
        if (message.Kind == MessageKind.Heartbeat || message.Sender == _instance)
        {
            if (message.Sender == _instance && message.Number == Volatile.Read(ref _heartbeats))
            {
                Volatile.Read(ref _ownHeard)?.TrySetResult(message.Number);
            }
        }
        else
        {
            PutInLine(message);
        }
    }

    private void PutInLine(in BusMessage message)
    {
        if (!_inbox.TryPut(message))
        {
            Gap("more messages came than could be handed on");
        }
    }

    private async Task RunAsync()
    {
        await using var ticks = _timeProvider.CreateTimer(_ => Tick(), null, s_tick, s_tick).ConfigureAwait(false);
        Listener.Disconnected();
        while (!_stopping.IsCancellationRequested)
        {
            if (await TryJoinAsync().ConfigureAwait(false))
            {
                Log.MessagesArrive(_logger);
                Listener.Connected();
                _recovery.Wake();
                await ListenAsync().ConfigureAwait(false);
                Leave();
            }
            else
            {
                await SignalAsync().ConfigureAwait(false); // the next tick at the latest
            }
        }
    }

    private IProfileStoreListener Listener => _listener!;

    private void Tick()
    {
        Interlocked.Exchange(ref _ticked, 1);
        _inbox.Signal();
    }

    /// <summary>Subscribes, hears itself, and reads the generations, in this order: so that whatever changes after the read is heard.</summary>
    private async Task<bool> TryJoinAsync()
    {
        _gap = null;
        if (!_commands.IsConnected)
        {
            return false;
        }

        try
        {
            if (!_subscribed)
            {
                await Patiently(_commands.SubscribeAsync(Receive)).ConfigureAwait(false);
                _subscribed = true;
            }

            await HearOwnAsync().ConfigureAwait(false);
            await ReadGenerationsAsync().ConfigureAwait(false);
            return _gap is null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _subscribed = false; // subscribed in name only, as far as anybody knows
            return false;
        }
    }

    private async Task HearOwnAsync()
    {
        var heard = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _ownHeard, heard);
        await Patiently(_commands.PublishAsync(NextHeartbeat())).ConfigureAwait(false);
        await Patiently(heard.Task).ConfigureAwait(false);
    }

    private byte[] NextHeartbeat() => new BusMessage(MessageKind.Heartbeat, _instance, Interlocked.Increment(ref _heartbeats), default, []).Encode();

    private async Task ReadGenerationsAsync()
    {
        foreach (var (plugin, generation) in _generations.Learn(await Patiently(_commands.ReadGenerationsAsync()).ConfigureAwait(false)))
        {
            await Patiently(_commands.RaiseGenerationAsync(plugin, generation)).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync()
    {
        int silent = 0, sinceRead = 0;
        while (_gap is null && !_stopping.IsCancellationRequested)
        {
            await SignalAsync().ConfigureAwait(false);
            var mustRead = HandOn();
            if (Interlocked.Exchange(ref _ticked, 0) != 0)
            {
                silent = Interlocked.Exchange(ref _heard, 0) != 0 ? 0 : silent + 1;
                mustRead |= ++sinceRead >= TicksToReread;
                CheckSilence(silent);
            }

            if (mustRead && _gap is null)
            {
                sinceRead = 0;
                await RereadAsync().ConfigureAwait(false);
            }
        }
    }

    /// <returns>Whether a generation is in doubt.</returns>
    private bool HandOn()
    {
        var doubt = false;
        while (_gap is null && _inbox.TryTake(out var message))
        {
            if (message.Kind == MessageKind.Dropped)
            {
                _generations.Doubt(message.Plugins[0]);
                doubt = true;
                Listener.Dropped(message.Plugins[0]);
            }
            else if (_keys.Resolve(message.User.Span) is { } userId)
            {
                HandOn(message, userId);
            }
        }

        return doubt;
    }

    private void HandOn(in BusMessage message, string userId)
    {
        if (message.Kind == MessageKind.Erased)
        {
            Listener.Erased(userId);
        }
        else
        {
            Listener.Changed(userId, message.Plugins);
        }
    }

    private void CheckSilence(int silent)
    {
        if (silent >= TicksToGap)
        {
            _subscribed = false;
            Gap("nothing was heard for three seconds");
        }
        else if (silent >= TicksToHeartbeat)
        {
            _ = TryPublishHeartbeatAsync();
        }
    }

    private async Task TryPublishHeartbeatAsync()
    {
        try
        {
            await Patiently(_commands.PublishAsync(NextHeartbeat())).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The silence goes on and is counted.
        }
    }

    private async Task RereadAsync()
    {
        try
        {
            await ReadGenerationsAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Gap("the generations could not be read");
        }
    }

    private void Leave()
    {
        _subscribed = false; // what is there next may be the connection of another primary
        _generations.Forget();
        _inbox.Clear();
        if (!_stopping.IsCancellationRequested)
        {
            Log.MessagesMissed(_logger, _gap ?? "");
            Listener.Disconnected();
        }
    }

    private async ValueTask SignalAsync()
    {
        try
        {
            await _inbox.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loops see it.
        }
    }
}
